// Seconds of the minute
// answers: At which seconds of the minute do these accounts post? Timers keep to one.
// parameter accounts: strings -- ids of the accounts
// column second: integer -- second of the minute
// column posts: integer -- their posts at it
// column active: integer -- accounts that post at it
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND p.created_at IS NOT NULL
RETURN p.created_at.second AS second, count(p) AS posts, count(DISTINCT a.id) AS active
ORDER BY second;
