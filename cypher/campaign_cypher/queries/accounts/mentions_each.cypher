// Mentions of each account
// answers: Whom does each of these accounts name, and how often? A retweet that says whom it passes on names them.
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column account: string -- id of the account
// column target: string -- id of the account that it names
// column handle: string -- handle of the account that it names
// column posts: integer -- its posts that do
// for: program
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(t:Account)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN a.id AS account, t.id AS target, t.handle AS handle, count(p) AS posts
ORDER BY posts DESC, account, target LIMIT $limit;
