// Most mentioned accounts
// answers: Who is named most in posts that are no retweets, and by how many accounts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 50 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column posts: integer -- posts that name it
// column accounts: integer -- accounts that name it
// column placeholder: boolean -- true where it was only named, never collected
// slow: up to 2 s on 1 M posts in Neo4j
// portable: yes
MATCH (b:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(a:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet'
WITH a, count(p) AS posts, count(DISTINCT b) AS accounts
RETURN a.id AS account, a.handle AS handle, posts, accounts, a.placeholder AS placeholder
ORDER BY posts DESC, account LIMIT $limit;
