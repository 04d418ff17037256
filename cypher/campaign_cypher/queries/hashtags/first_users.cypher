// First users of a hashtag
// answers: Who used this hashtag first, and with which post?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column made: time -- when the account was made
// column first: time -- its first post with the hashtag
// column post: string -- id of that post
// column kind: string -- original, retweet, quote or reply
// column text: string -- the text of that post
// column posts: integer -- its posts with the hashtag
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag = $tag AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
WITH a, a.id AS account, min(p.created_at) AS first, count(p) AS posts
ORDER BY first, account LIMIT $limit
MATCH (a)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at = first AND h.tag = $tag
WITH a, account, first, posts, min(p.id) AS post
MATCH (q:Post) WHERE q.id = post
RETURN account, a.handle AS handle, a.created_at AS made, first, post, q.kind AS kind, q.text AS text, posts
ORDER BY first, account;
