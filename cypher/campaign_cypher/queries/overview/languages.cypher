// Languages
// answers: In which languages are the posts, as the source declares them?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column language: string -- the language; unknown where the source does not say
// column posts: integer -- posts in it
// column accounts: integer -- their authors
// slow: up to 4 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN coalesce(p.language, 'unknown') AS language, count(p) AS posts, count(DISTINCT a) AS accounts
ORDER BY posts DESC, language LIMIT $limit;
