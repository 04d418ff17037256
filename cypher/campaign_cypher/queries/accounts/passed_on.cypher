// Most retweeted accounts
// answers: Whose posts are retweeted most, and by how many accounts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 50 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column retweets: integer -- retweets of its posts in the range
// column posts: integer -- posts of it that were retweeted
// column accounts: integer -- accounts that retweeted it
// portable: yes
MATCH (a:Account)-[:POSTED]->(o:Post)<-[:RETWEETS]-(r:Post)<-[:POSTED]-(b:Account)
WHERE r.created_at >= coalesce($since, r.created_at) AND r.created_at <= coalesce($until, r.created_at)
WITH a, count(r) AS retweets, count(DISTINCT o) AS posts, count(DISTINCT b) AS accounts
RETURN a.id AS account, a.handle AS handle, retweets, posts, accounts
ORDER BY retweets DESC, account LIMIT $limit;
