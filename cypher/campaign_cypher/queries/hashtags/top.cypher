// Hashtags by posts
// answers: Which hashtags are used most?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 100 -- at most so many rows
// column tag: string -- the hashtag
// column posts: integer -- posts with it
// column accounts: integer -- accounts that wrote them
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN h.tag AS tag, count(p) AS posts, count(DISTINCT a.id) AS accounts
ORDER BY posts DESC, tag
LIMIT $limit;
