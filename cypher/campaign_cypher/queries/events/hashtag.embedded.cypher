// Hashtag events: the embedded store's text; it is fast by rows
// codes: account = Account, object = Hashtag -- fewer strings are read so
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR h.tag IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN offset(id(a)) AS account, offset(id(h)) AS object, p.created_at AS time, p.id AS post
UNION ALL
MATCH (o:Post)<-[:RETWEETS]-(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND p.kind = 'retweet' AND o.placeholder = false AND p.tag_sequence <> coalesce(o.tag_sequence, '')
MATCH (a:Account)-[:POSTED]->(p)-[:TAGGED]->(h:Hashtag)
WHERE NOT EXISTS { MATCH (o)-[:TAGGED]->(h) }
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR h.tag IN $objects)
RETURN offset(id(a)) AS account, offset(id(h)) AS object, p.created_at AS time, p.id AS post;
