// Posts of accounts
// answers: What did these accounts post, in the order of time?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000000 -- at most so many rows
// column post: string -- id of the post
// column account: string -- id of its author
// column handle: string -- handle of its author
// column created_at: time -- when it was posted (UTC)
// column kind: string -- original, retweet, quote or reply
// column text: string -- the text as collected
// column hashtags: strings -- its hashtags
// column retweeted: string -- id of the post that it passes on
// unordered: hashtags
// for: program
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
OPTIONAL MATCH (p)-[:TAGGED]->(h:Hashtag)
OPTIONAL MATCH (p)-[:RETWEETS]->(o:Post)
RETURN p.id AS post, a.id AS account, a.handle AS handle, p.created_at AS created_at, p.kind AS kind, p.text AS text,
  collect(DISTINCT h.tag) AS hashtags, min(o.id) AS retweeted
ORDER BY created_at, post LIMIT $limit;
