// Posts by day
// answers: How many posts and accounts are there each day (UTC)?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column day: time -- the day
// column posts: integer -- posts of the day
// column accounts: integer -- accounts that posted
// slow: up to 5 s on 1 M posts in Neo4j
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN datetime.truncate('day', p.created_at) AS day, count(p) AS posts, count(DISTINCT a) AS accounts
ORDER BY day LIMIT $limit;
