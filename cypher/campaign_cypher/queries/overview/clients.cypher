// Applications
// answers: With which applications were the posts made?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column client: string -- the application; unknown where the source does not say
// column posts: integer -- posts made with it
// column accounts: integer -- their authors
// slow: up to 3 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN coalesce(p.client, 'unknown') AS client, count(p) AS posts, count(DISTINCT a) AS accounts
ORDER BY posts DESC, client LIMIT $limit;
