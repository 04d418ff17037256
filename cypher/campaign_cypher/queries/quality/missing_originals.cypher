// Posts that were passed on but never collected
// answers: Which posts are retweeted, quoted or answered most and were never collected?
// parameter limit: integer = 50 -- at most so many rows
// column post: string -- id of the post
// column references: integer -- posts that refer to it
// column accounts: integer -- accounts that do
// column first: time -- first of the posts that refer to it
// portable: yes
MATCH (o:Post)<-[:RETWEETS|QUOTES|REPLIES_TO]-(p:Post)<-[:POSTED]-(a:Account)
WHERE o.placeholder
RETURN o.id AS post, count(DISTINCT p.id) AS references, count(DISTINCT a.id) AS accounts, min(p.created_at) AS first
ORDER BY references DESC, post LIMIT $limit;
