// Applications of accounts
// answers: With which applications do these accounts post?
// parameter accounts: strings -- ids of the accounts
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column client: string -- the application; unknown where the source does not say
// column posts: integer -- its posts made with it
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND NOT coalesce(p.placeholder, false)
RETURN a.id AS account, a.handle AS handle, coalesce(p.client, 'unknown') AS client, count(p) AS posts
ORDER BY posts DESC, account, client LIMIT $limit;
