// Most used hashtags
// answers: Which hashtags are in most posts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column tag: string -- the hashtag
// column display: string -- as first seen
// column posts: integer -- posts with it, retweets too
// column accounts: integer -- accounts that posted them
// column first: time -- first of the posts
// column last: time -- last of the posts
// slow: up to 5 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
WITH h, count(p) AS posts, count(DISTINCT a) AS accounts, min(p.created_at) AS first, max(p.created_at) AS last
RETURN h.tag AS tag, h.display AS display, posts, accounts, first, last
ORDER BY posts DESC, tag LIMIT $limit;
