// t Hours at which accounts post: the embedded store's text; it takes times apart in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN date_part('hour', p.created_at) AS hour, count(p) AS posts, count(DISTINCT a.id) AS active
ORDER BY hour;
