// Talk events: the embedded store's text; it is fast by rows
// codes: account = Account, object = Account -- fewer strings are read so
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(b:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR b.id IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN offset(id(a)) AS account, offset(id(b)) AS object, coalesce(p.kind, 'original') = 'reply' AS answers,
  p.created_at AS time, p.id AS post
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:REPLIES_TO]->(o:Post)<-[:POSTED]-(b:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR b.id IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN offset(id(a)) AS account, offset(id(b)) AS object, true AS answers,
  p.created_at AS time, p.id AS post;
