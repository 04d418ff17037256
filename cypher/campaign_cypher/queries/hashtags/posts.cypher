// Posts of hashtags
// answers: Which posts carry the hashtags, and who wrote them?
// parameter tags: strings -- hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column post: string -- id of the post
// column account: string -- id of its author
// column handle: string -- the author's handle
// column created_at: time -- when it was posted
// column kind: string -- original, retweet, quote or reply
// column text: string -- the text
// column hashtags: strings -- those of the asked hashtags that it carries
// unordered: hashtags
// slow: up to 3 s on 1 M posts in Neo4j of the most used hashtags
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND h.tag IN $tags
RETURN p.id AS post, a.id AS account, a.handle AS handle, p.created_at AS created_at, p.kind AS kind, p.text AS text,
  collect(h.tag) AS hashtags
ORDER BY created_at, post
LIMIT $limit;
