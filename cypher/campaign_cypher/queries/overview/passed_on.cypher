// Most retweeted posts
// answers: Which posts were retweeted most, and by how many accounts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column post: string -- id of the post
// column handle: string -- handle of its author; empty where the post was never collected
// column created_at: time -- when it was posted
// column text: string -- the text
// column retweets: integer -- retweets of it in the range
// column accounts: integer -- accounts that retweeted it
// portable: yes
MATCH (a:Account)-[:POSTED]->(r:Post)-[:RETWEETS]->(o:Post)
WHERE r.created_at >= coalesce($since, r.created_at) AND r.created_at <= coalesce($until, r.created_at)
WITH o, o.id AS post, count(r) AS retweets, count(DISTINCT a) AS accounts
ORDER BY retweets DESC, post LIMIT $limit
OPTIONAL MATCH (b:Account)-[:POSTED]->(o)
RETURN post, b.handle AS handle, o.created_at AS created_at, o.text AS text, retweets, accounts
ORDER BY retweets DESC, post;
