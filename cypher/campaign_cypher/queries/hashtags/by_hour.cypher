// Hashtags by hour
// answers: How many accounts used each hashtag in each hour (UTC), in posts of any kind?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column tag: string -- the hashtag
// column hour: integer -- the beginning of the hour, milliseconds since 1970 (UTC)
// column posts: integer -- posts with it
// column accounts: integer -- accounts that used it
// for: program
// portable: no
// lists: hour, posts, accounts -- one record a hashtag: records cost more than what is in them
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
WITH h.tag AS tag, p.created_at.epochMillis / 3600000 * 3600000 AS hour, count(p) AS posts, count(DISTINCT a) AS accounts
RETURN tag, collect(hour) AS hour, collect(posts) AS posts, collect(accounts) AS accounts;
