// Link events
// answers: Who linked to which address, and when, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the account that acted
// column object: string -- the address
// column time: integer -- moment of the act, milliseconds since 1970 (UTC)
// portable: no
// lists: account, time -- one record an object: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(u:Url)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN u.url AS object, collect(a.id) AS account, collect(p.created_at.epochMillis) AS time;
