// Use of hashtags in time
// answers: Who used these hashtags when, retweets too?
// parameter tags: strings -- the hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the account
// column tag: string -- the hashtag
// column post: string -- id of the post
// column kind: string -- original, retweet, quote or reply
// column time: integer -- moment of the post, milliseconds since 1970 (UTC)
// lists: post, kind, time -- one record a hashtag and account: records cost more than what is in them
// for: program
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN h.tag AS tag, a.id AS account, collect(p.id) AS post, collect(coalesce(p.kind, 'original')) AS kind,
  collect(p.created_at.epochMillis) AS time;
