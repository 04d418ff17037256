// Site events: the embedded store's text; it is fast by rows
// codes: account = Account -- fewer strings are read so
MATCH (a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(u:Url)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR u.domain IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet' AND u.domain IS NOT NULL
RETURN offset(id(a)) AS account, u.domain AS object, p.created_at AS time, p.id AS post;
