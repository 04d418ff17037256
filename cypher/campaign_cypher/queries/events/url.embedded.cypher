// Link events: the embedded store's text; it is fast by rows
// codes: account = Account, object = Url -- fewer strings are read so
MATCH (a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(u:Url)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR u.url IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
  AND NOT u.url STARTS WITH '//'
RETURN offset(id(a)) AS account, offset(id(u)) AS object, u.domain AS source, p.created_at AS time, p.id AS post;
