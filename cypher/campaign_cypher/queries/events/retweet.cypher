// Retweet events
// answers: Who passed which post on, and when?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the account that acted
// column object: string -- id of the post that is passed on
// column source: string -- handle in lower case (or id) of who wrote that post, else whom RT @name: names, null where nobody knows
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// portable: no
// lists: account, time -- one record an object: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(o:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
OPTIONAL MATCH (author:Account)-[:POSTED]->(o)
WITH a, p, o, min(toLower(coalesce(author.handle, author.id))) AS author,
  CASE WHEN p.text STARTS WITH 'RT @' THEN toLower(split(split(substring(p.text, 4, 50), ':')[0], ' ')[0]) END AS named
RETURN o.id AS object, coalesce(author, named) AS source, collect(a.id) AS account, collect(p.created_at.epochMillis) AS time;
