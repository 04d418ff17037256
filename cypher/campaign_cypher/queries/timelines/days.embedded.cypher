// t Posts by day: the embedded store's text; it cuts times in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN date_trunc('day', p.created_at) AS day, count(p) AS posts, count(DISTINCT a) AS accounts
ORDER BY day LIMIT $limit;
