// Posts of accounts
// answers: What did these accounts post?
// parameter accounts: strings -- ids of accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column post: string -- id of the post
// column account: string -- id of its author
// column handle: string -- the author's handle
// column created_at: time -- when it was posted
// column kind: string -- original, retweet, quote or reply
// column text: string -- the text
// column original: string -- id of the post that it retweets
// column hashtags: strings -- the hashtags it carries
// unordered: hashtags
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND a.id IN $accounts
OPTIONAL MATCH (p)-[:RETWEETS]->(o:Post)
OPTIONAL MATCH (p)-[:TAGGED]->(h:Hashtag)
RETURN p.id AS post, a.id AS account, a.handle AS handle, p.created_at AS created_at, p.kind AS kind, p.text AS text,
  o.id AS original, collect(h.tag) AS hashtags
ORDER BY created_at, post
LIMIT $limit;
