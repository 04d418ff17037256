// Whom accounts mention
// answers: Which accounts do these accounts name most? A retweet names the author it passes on.
// parameter accounts: strings -- ids of accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account that is named
// column handle: string -- its handle
// column posts: integer -- posts that name it
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(x:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND a.id IN $accounts
RETURN x.id AS account, x.handle AS handle, count(DISTINCT p.id) AS posts
ORDER BY posts DESC, account
LIMIT $limit;
