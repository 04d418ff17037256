// Hashtags of accounts
// answers: Which hashtags do these accounts use, and how much of all their use is it?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column tag: string -- the hashtag
// column display: string -- as first seen
// column posts: integer -- posts of these accounts with it
// column all_posts: integer -- all posts with it in the range
// slow: up to 3 s on 1 M posts in Neo4j for 500 accounts
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
WITH h, h.tag AS tag, count(p) AS posts ORDER BY posts DESC, tag LIMIT $limit
MATCH (h)<-[:TAGGED]-(q:Post)
WHERE q.created_at >= coalesce($since, q.created_at) AND q.created_at <= coalesce($until, q.created_at)
RETURN tag, h.display AS display, posts, count(q) AS all_posts
ORDER BY posts DESC, tag;
