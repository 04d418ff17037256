// Reply events: the embedded store's text; it is fast by rows
MATCH (a:Account)-[:POSTED]->(p:Post)-[:REPLIES_TO]->(o:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR o.id IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
OPTIONAL MATCH (author:Account)-[:POSTED]->(o)
WITH a.id AS account, o.id AS object, p.id AS post, p.created_at AS time, o.created_at AS born,
  min(lower(coalesce(author.handle, author.id))) AS source
RETURN account, object, source, born, time, post AS post;
