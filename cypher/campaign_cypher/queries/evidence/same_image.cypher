// Same image by several accounts
// answers: Which images did several accounts show, in posts that are no retweets?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter min_accounts: integer = 2 -- accounts that show the same image, at least
// parameter limit: integer = 50 -- at most so many rows
// column image: string -- hash of the image
// column accounts: integer -- accounts that show it
// column posts: integer -- posts that show it
// column first: time -- first of them
// column last: time -- last of them
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:SHOWS]->(i:Image)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet'
WITH i.hash AS image, count(DISTINCT a) AS accounts, count(p) AS posts, min(p.created_at) AS first,
  max(p.created_at) AS last
WHERE accounts >= $min_accounts
RETURN image, accounts, posts, first, last
ORDER BY accounts DESC, posts DESC, image LIMIT $limit;
