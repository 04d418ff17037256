// t Seconds of the minute: the embedded store's text; it takes times apart in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND p.created_at IS NOT NULL
RETURN date_part('second', p.created_at) AS second, count(p) AS posts, count(DISTINCT a.id) AS active
ORDER BY second;
