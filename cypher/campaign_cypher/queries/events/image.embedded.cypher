// Image events: the embedded store's text; it is fast by rows
MATCH (a:Account)-[:POSTED]->(p:Post)-[:SHOWS]->(i:Image)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR i.hash IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN a.id AS account, i.hash AS object, p.created_at AS time, p.id AS post;
