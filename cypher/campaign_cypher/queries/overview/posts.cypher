// Posts in time
// answers: Who posted when, without the texts?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column post: string -- id of the post
// column account: string -- id of its author
// column handle: string -- the author's handle
// column created_at: time -- when it was posted
// column kind: string -- original, retweet, quote or reply
// for: program
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN p.id AS post, a.id AS account, a.handle AS handle, p.created_at AS created_at, p.kind AS kind
ORDER BY created_at, post
LIMIT $limit;
