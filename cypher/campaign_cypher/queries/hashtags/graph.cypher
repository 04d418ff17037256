// Picture of a hashtag
// answers: Which accounts posted what with this hashtag, as nodes and relationships?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 200 -- at most so many rows
// column account: graph -- the account
// column posted: graph -- it wrote
// column post: graph -- the post
// column tagged: graph -- that carries
// column hashtag: graph -- the hashtag
// picture of: hashtags/posts
// portable: no
MATCH (account:Account)-[posted:POSTED]->(p:Post)-[tagged:TAGGED]->(hashtag:Hashtag {tag: $tag})
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN account, posted, p AS post, tagged, hashtag
ORDER BY p.created_at, p.id LIMIT $limit;
