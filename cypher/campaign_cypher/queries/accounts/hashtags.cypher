// Hashtags of accounts
// answers: Which hashtags do these accounts use, and what part of all posts with them is theirs?
// parameter accounts: strings -- ids of accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 100 -- at most so many rows
// column tag: string -- the hashtag
// column posts: integer -- their posts with it
// column all_posts: integer -- everybody's posts with it
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND a.id IN $accounts
WITH h.tag AS tag, count(p) AS posts
ORDER BY posts DESC, tag
LIMIT $limit
MATCH (p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND h.tag = tag
RETURN tag, posts, count(p) AS all_posts
ORDER BY posts DESC, tag;
