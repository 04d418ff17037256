// Hours at which accounts post
// answers: At which hours of the day (UTC) do these accounts post?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column hour: integer -- hour of the day, 0 to 23
// column posts: integer -- posts in that hour
// column active: integer -- how many of these accounts posted in it
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN p.created_at.hour AS hour, count(p) AS posts, count(DISTINCT a.id) AS active
ORDER BY hour;
