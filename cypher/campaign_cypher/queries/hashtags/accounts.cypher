// Accounts of hashtags
// answers: Which accounts used the hashtags, in posts of any kind?
// parameter tags: strings -- hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the account
// column tag: string -- the hashtag
// column posts: integer -- its posts with the hashtag
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND h.tag IN $tags
RETURN a.id AS account, h.tag AS tag, count(p) AS posts
ORDER BY account, tag;
