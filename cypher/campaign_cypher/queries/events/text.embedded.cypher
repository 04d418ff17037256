// Text events: the embedded store's text; it is fast by rows
// codes: account = Account -- fewer strings are read so
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet' AND p.text <> ''
RETURN offset(id(a)) AS account, p.id AS post, p.text AS text, p.created_at AS time;
