// t Moments of a pair: the embedded store's text; it adds seconds in words of its own
MATCH (x:Account {id: $a})-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)<-[:TAGGED]-(q:Post)<-[:POSTED]-(y:Account {id: $b})
WHERE p.id <> q.id AND q.created_at >= p.created_at - to_seconds($seconds)
  AND q.created_at <= p.created_at + to_seconds($seconds)
RETURN h.tag AS tag, p.created_at AS a_at, q.created_at AS b_at, p.id AS a_post, q.id AS b_post
ORDER BY a_at, b_at, tag, a_post, b_post LIMIT $limit;
