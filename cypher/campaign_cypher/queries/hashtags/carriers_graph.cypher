// Picture of who carried a hashtag
// answers: Who passed on whose posts with this hashtag, as nodes and relationships?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 200 -- at most so many rows
// column author: graph -- who wrote
// column wrote: graph -- it wrote
// column original: graph -- the post with the hashtag
// column passes: graph -- passes on
// column post: graph -- a retweet of it
// column posted: graph -- it posted
// column account: graph -- who passed it on
// picture of: hashtags/carriers
// portable: no
MATCH (author:Account)-[wrote:POSTED]->(original:Post)-[:TAGGED]->(:Hashtag {tag: $tag})
MATCH (original)<-[passes:RETWEETS]-(p:Post)<-[posted:POSTED]-(account:Account)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN author, wrote, original, passes, p AS post, posted, account
ORDER BY p.created_at, p.id LIMIT $limit;
