// Hashtag sequence events
// answers: Who used which hashtags in which order, two or more in one post, and when? Of retweets, those that the original has not got.
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter accounts: strings = [] -- only acts of these, of everybody where empty
// parameter objects: strings = [] -- only acts on these, on all where empty
// column account: string -- id of the account that acted
// column object: string -- the hashtags in order: #a #b
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// column post: string -- id of the post that is the act
// optional: post
// for: program
// portable: no
// lists: account, object, time, post -- one record an hour: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR p.tag_sequence IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet' AND p.tag_sequence CONTAINS ' '
WITH p.created_at.epochMillis / 3600000 AS hour, collect(a.id) AS account, collect(p.tag_sequence) AS object,
  collect(p.created_at.epochMillis) AS time, collect(p.id) AS posts
RETURN account, object, time, posts AS post
UNION ALL
MATCH (o:Post)<-[:RETWEETS]-(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND p.kind = 'retweet' AND o.placeholder = false AND p.tag_sequence <> coalesce(o.tag_sequence, '')
WITH p, split(coalesce(o.tag_sequence, ''), ' ') AS theirs
WITH p, [t IN split(p.tag_sequence, ' ') WHERE NOT t IN theirs] AS own WHERE size(own) > 1
WITH p, substring(reduce(s = '', t IN own | s + ' ' + t), 1) AS tags
MATCH (a:Account)-[:POSTED]->(p)
WHERE (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR tags IN $objects)
WITH p.created_at.epochMillis / 3600000 AS hour, collect(a.id) AS account, collect(tags) AS object,
  collect(p.created_at.epochMillis) AS time, collect(p.id) AS posts
RETURN account, object, time, posts AS post;
