// Range of the posts
// answers: From when to when are the posts, how many, of how many accounts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column first: time -- first post
// column last: time -- last post
// column posts: integer -- posts with an author and a time
// column accounts: integer -- their authors
// slow: up to 3 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN min(p.created_at) AS first, max(p.created_at) AS last, count(p) AS posts, count(DISTINCT a) AS accounts;
