// Whom accounts mention and retweet
// answers: Whom do these accounts mention or retweet, and in how many posts?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows of each way
// column target: string -- id of the account that is mentioned or retweeted
// column handle: string -- its handle
// column way: string -- mention or retweet; a retweet's own mentions do not count
// column posts: integer -- number of posts that do
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(t:Account)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet'
RETURN t.id AS target, t.handle AS handle, 'mention' AS way, count(p) AS posts ORDER BY posts DESC, target LIMIT $limit
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(:Post)<-[:POSTED]-(t:Account)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN t.id AS target, t.handle AS handle, 'retweet' AS way, count(p) AS posts ORDER BY posts DESC, target LIMIT $limit;
