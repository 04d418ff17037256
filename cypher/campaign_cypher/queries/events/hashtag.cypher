// Hashtag events
// answers: Who used which hashtag, and when, in posts that are no retweets, or in a retweet whose original has not got it?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter accounts: strings = [] -- only acts of these, of everybody where empty
// parameter objects: strings = [] -- only acts on these, on all where empty
// column account: string -- id of the account that acted
// column object: string -- the hashtag
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// column post: string -- id of the post that is the act
// optional: post
// for: program
// portable: no
// lists: account, time, post -- one record an object: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR h.tag IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN h.tag AS object, collect(a.id) AS account, collect(p.created_at.epochMillis) AS time,
  collect(p.id) AS post
UNION ALL
MATCH (o:Post)<-[:RETWEETS]-(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND p.kind = 'retweet' AND o.placeholder = false AND p.tag_sequence <> coalesce(o.tag_sequence, '')
MATCH (a:Account)-[:POSTED]->(p)-[:TAGGED]->(h:Hashtag)
WHERE NOT EXISTS { MATCH (o)-[:TAGGED]->(h) }
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR h.tag IN $objects)
RETURN h.tag AS object, collect(a.id) AS account, collect(p.created_at.epochMillis) AS time,
  collect(p.id) AS post;
