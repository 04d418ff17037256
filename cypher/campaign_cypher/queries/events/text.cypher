// Text events
// answers: Who wrote which text, and when, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the account that wrote
// column post: string -- id of the post
// column text: string -- its text
// column time: integer -- moment of the post, milliseconds since 1970 (UTC)
// for: program
// portable: no
// lists: post, text, time -- one record an account: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet' AND p.text <> ''
RETURN a.id AS account, collect(p.id) AS post, collect(p.text) AS text,
  collect(p.created_at.epochMillis) AS time;
