// Busiest accounts
// answers: Which accounts post most, and how much of it are retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 50 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column posts: integer -- posts in the range
// column retweets: integer -- those of them that are retweets
// column first: time -- first of the posts
// column last: time -- last of the posts
// slow: up to 3 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
WITH a, count(p) AS posts, sum(CASE WHEN p.kind = 'retweet' THEN 1 ELSE 0 END) AS retweets,
  min(p.created_at) AS first, max(p.created_at) AS last
RETURN a.id AS account, a.handle AS handle, posts, retweets, first, last
ORDER BY posts DESC, account LIMIT $limit;
