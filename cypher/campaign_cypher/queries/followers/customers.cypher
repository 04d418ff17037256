// Accounts whose followers are loaded
// answers: Whose followers are known, how many of them, in order or not, and with creation dates or not?
// parameter min_followers: integer = 1 -- followers that are loaded, at least
// parameter limit: integer = 1000 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column listed: integer -- followers that are loaded
// column ranked: integer -- those whose place in the list is known
// column dated: integer -- those whose creation date is known
// column followers: integer -- its followers when last seen, as the platform counts
// portable: yes
MATCH (b:Account)-[f:FOLLOWS]->(a:Account)
WITH a, count(b) AS listed, count(f.rank) AS ranked, count(b.created_at) AS dated
WHERE listed >= $min_followers
RETURN a.id AS account, a.handle AS handle, listed, ranked, dated, a.followers AS followers
ORDER BY listed DESC, account LIMIT $limit;
