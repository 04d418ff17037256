// Posts older than their account
// answers: Which posts are dated before their account was made? Such times, of post or account, cannot be right.
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column made: time -- when the account is said to be made
// column posts: integer -- its posts that are older
// column first: time -- first of them
// slow: up to 3 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at < a.created_at
RETURN a.id AS account, a.handle AS handle, a.created_at AS made, count(p) AS posts, min(p.created_at) AS first
ORDER BY posts DESC, account LIMIT $limit;
