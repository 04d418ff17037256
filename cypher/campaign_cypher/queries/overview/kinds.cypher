// Kinds of posts
// answers: How many posts are originals, retweets, quotes and replies, and of how many accounts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column kind: string -- original, retweet, quote or reply
// column posts: integer -- posts of the kind
// column accounts: integer -- their authors
// slow: up to 3 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN coalesce(p.kind, 'original') AS kind, count(p) AS posts, count(DISTINCT a) AS accounts
ORDER BY posts DESC, kind;
