// Same text by several accounts
// answers: Which texts did several accounts post word for word, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter min_accounts: integer = 2 -- accounts with the same text, at least
// parameter min_length: integer = 20 -- letters of the text, at least
// parameter limit: integer = 50 -- at most so many rows
// column text: string -- the text
// column accounts: integer -- accounts that posted it
// column posts: integer -- posts with it
// column first: time -- first of them
// column last: time -- last of them
// slow: up to 4 s on 1 M posts in Neo4j
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet' AND size(p.text) >= $min_length
WITH p.text AS text, count(DISTINCT a) AS accounts, count(p) AS posts, min(p.created_at) AS first,
  max(p.created_at) AS last
WHERE accounts >= $min_accounts
RETURN text, accounts, posts, first, last
ORDER BY accounts DESC, posts DESC, text LIMIT $limit;
