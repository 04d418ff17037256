// t Members made at the same time: the embedded store's text; it adds days in words of its own
MATCH (a:Account)-[:MEMBER_OF]->(g:`Group` {id: $group_id})<-[:MEMBER_OF]-(b:Account)
WHERE a.id <> b.id AND b.created_at >= a.created_at - to_days($days) AND b.created_at <= a.created_at + to_days($days)
RETURN a.id AS account, a.handle AS handle, a.created_at AS made, count(b) AS others,
  min(b.created_at) AS first, max(b.created_at) AS last
ORDER BY others DESC, made, account LIMIT $limit;
