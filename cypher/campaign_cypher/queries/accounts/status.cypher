// What became of the accounts
// answers: How many accounts are active, suspended, deleted or protected, and how much did they post here?
// column status: string -- the status when last seen; unknown where the source does not say
// column accounts: integer -- accounts that were collected
// column posts: integer -- their posts here
// portable: yes
MATCH (a:Account)
WHERE NOT coalesce(a.placeholder, false)
OPTIONAL MATCH (a)-[:POSTED]->(p:Post) WHERE NOT coalesce(p.placeholder, false)
WITH a, count(p) AS posts
RETURN coalesce(a.status, 'unknown') AS status, count(a) AS accounts, sum(posts) AS posts
ORDER BY accounts DESC, status;
