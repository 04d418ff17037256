// Accounts that used hashtags
// answers: Which accounts used any of these hashtags, how often and when?
// parameter tags: strings -- the hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter originals: boolean = false -- leave retweets out
// column account: string -- id of the account
// column handle: string -- its handle
// column posts: integer -- posts with any of the hashtags
// column retweets: integer -- those of them that are retweets
// column first: time -- first of the posts
// column last: time -- last of the posts
// slow: up to 10 s on 1 M posts in Neo4j of the most used hashtags
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (NOT $originals OR coalesce(p.kind, 'original') <> 'retweet')
WITH DISTINCT a, p
RETURN a.id AS account, a.handle AS handle, count(p) AS posts,
  sum(CASE WHEN p.kind = 'retweet' THEN 1 ELSE 0 END) AS retweets,
  min(p.created_at) AS first, max(p.created_at) AS last
ORDER BY posts DESC, account;
