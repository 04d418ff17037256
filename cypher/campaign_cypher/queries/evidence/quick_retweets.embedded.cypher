// t Quick retweets of a group: the embedded store's text; it adds seconds in words of its own
MATCH (g:`Group` {id: $group_id})<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(o:Post)<-[:POSTED]-(b:Account)
WHERE p.created_at >= o.created_at AND p.created_at <= o.created_at + to_seconds($seconds)
RETURN a.id AS account, a.handle AS handle, p.id AS post, p.created_at AS created_at, o.id AS original,
  o.created_at AS original_at, b.id AS author
ORDER BY created_at, post LIMIT $limit;
