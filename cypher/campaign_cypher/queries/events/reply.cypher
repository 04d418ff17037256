// Reply events
// answers: Who answered which post, and when, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter accounts: strings = [] -- only acts of these, of everybody where empty
// parameter objects: strings = [] -- only acts on these, on all where empty
// column account: string -- id of the account that acted
// column object: string -- id of the post that is answered
// column source: string -- handle in lower case (or id) of who wrote that post, null where nobody knows
// column born: integer -- when that post came out, milliseconds since 1970 (UTC), null where the store does not say
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// column post: string -- id of the post that is the act
// optional: post
// for: program
// portable: no
// lists: account, time, post -- one record an object: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:REPLIES_TO]->(o:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR o.id IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
OPTIONAL MATCH (author:Account)-[:POSTED]->(o)
WITH a, p, o, min(toLower(coalesce(author.handle, author.id))) AS source
RETURN o.id AS object, source, o.created_at.epochMillis AS born, collect(a.id) AS account,
  collect(p.created_at.epochMillis) AS time, collect(p.id) AS post;
