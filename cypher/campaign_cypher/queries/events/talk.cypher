// Talk events
// answers: Who named or answered which account, and when, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter accounts: strings = [] -- only acts of these, of everybody where empty
// parameter objects: strings = [] -- only those that name or answer these, all where empty
// column account: string -- id of the account that acted
// column object: string -- id of the account that is named, or whose post is answered
// column answers: boolean -- whether the act is an answer
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// column post: string -- id of the post that is the act
// optional: post
// for: program
// portable: no
// lists: account, time, post -- one record an object: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(b:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR b.id IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN b.id AS object, coalesce(p.kind, 'original') = 'reply' AS answers, collect(a.id) AS account,
  collect(p.created_at.epochMillis) AS time, collect(p.id) AS post
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:REPLIES_TO]->(:Post)<-[:POSTED]-(b:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR b.id IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN b.id AS object, true AS answers, collect(a.id) AS account,
  collect(p.created_at.epochMillis) AS time, collect(p.id) AS post;
