// Size of hashtags
// answers: How many posts carry each of these hashtags?
// parameter tags: strings -- the hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column tag: string -- the hashtag
// column posts: integer -- posts with it, retweets too
// for: program
// portable: yes
MATCH (p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN h.tag AS tag, count(p) AS posts
ORDER BY posts DESC, tag;
