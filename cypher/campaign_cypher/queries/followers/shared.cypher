// Followers that accounts share
// answers: Which accounts follow several of these accounts?
// parameter accounts: strings -- ids of the accounts
// parameter min_accounts: integer = 2 -- how many of these accounts it follows, at least
// parameter limit: integer = 1000 -- at most so many rows
// column follower: string -- id of the follower
// column handle: string -- its handle
// column follows: integer -- how many of these accounts it follows
// column made: time -- when the follower was made
// portable: yes
MATCH (b:Account)-[:FOLLOWS]->(a:Account)
WHERE a.id IN $accounts
WITH b, count(a) AS follows
WHERE follows >= $min_accounts
RETURN b.id AS follower, b.handle AS handle, follows, b.created_at AS made
ORDER BY follows DESC, follower LIMIT $limit;
