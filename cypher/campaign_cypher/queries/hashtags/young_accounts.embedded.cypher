// t New accounts on a hashtag: the embedded store's text; it adds days in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag = $tag AND p.created_at IS NOT NULL
WITH a, min(p.created_at) AS first, count(p) AS posts
WHERE first >= a.created_at AND first <= a.created_at + to_days($days)
RETURN a.id AS account, a.handle AS handle, a.created_at AS made, first, posts
ORDER BY made, account LIMIT $limit;
