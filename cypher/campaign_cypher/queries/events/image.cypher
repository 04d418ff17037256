// Image events
// answers: Who showed which image, and when, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter accounts: strings = [] -- only acts of these, of everybody where empty
// parameter objects: strings = [] -- only acts on these, on all where empty
// column account: string -- id of the account that acted
// column object: string -- hash of the image
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// column post: string -- id of the post that is the act
// optional: post
// for: program
// portable: no
// lists: account, time, post -- one record an object: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:SHOWS]->(i:Image)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR i.hash IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN i.hash AS object, collect(a.id) AS account, collect(p.created_at.epochMillis) AS time,
  collect(p.id) AS post;
