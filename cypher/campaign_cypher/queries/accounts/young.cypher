// Accounts that post when new
// answers: Which accounts posted here within days of being made?
// parameter days: integer = 7 -- at most so many days from making the account to its first post here
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column made: time -- when the account was made
// column first: time -- its first post here
// column posts: integer -- its posts here
// slow: up to 3 s on 1 M posts in Neo4j
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at IS NOT NULL
WITH a, min(p.created_at) AS first, count(p) AS posts
WHERE first >= a.created_at AND first <= a.created_at + duration({days: $days})
RETURN a.id AS account, a.handle AS handle, a.created_at AS made, first, posts
ORDER BY posts DESC, account LIMIT $limit;
