// Hashtags of each account
// answers: Which hashtags does each of these accounts use, and how often?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column account: string -- id of the account
// column tag: string -- the hashtag
// column posts: integer -- its posts with the hashtag
// for: program
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN a.id AS account, h.tag AS tag, count(p) AS posts
ORDER BY posts DESC, account, tag LIMIT $limit;
