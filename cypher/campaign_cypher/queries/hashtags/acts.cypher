// Acts on hashtags
// answers: How many acts of the hashtag layer does each of these hashtags have? An account's posts at one moment are one.
// parameter tags: strings -- the hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column tag: string -- the hashtag
// column acts: integer -- uses of it in posts that are no retweets
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND coalesce(p.kind, 'original') <> 'retweet'
WITH DISTINCT h.tag AS tag, a.id AS account, p.created_at AS time
RETURN tag, count(*) AS acts
ORDER BY acts DESC, tag;
