// Times of posts for the signals: the embedded store's text; it is fast by rows
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN a.id AS account, p.created_at AS time;
