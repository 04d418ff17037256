// Mention events: the embedded store's text; it is fast by rows
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(b:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN a.id AS account, b.id AS object, p.created_at AS time;
