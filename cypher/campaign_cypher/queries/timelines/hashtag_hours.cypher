// A hashtag by hour
// answers: How many posts and accounts used this hashtag each hour (UTC)?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 1000 -- at most so many rows
// column hour: time -- the hour
// column posts: integer -- posts of the hour
// column accounts: integer -- accounts that posted them
// column retweets: integer -- those of them that are retweets
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag = $tag AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN datetime.truncate('hour', p.created_at) AS hour, count(p) AS posts, count(DISTINCT a) AS accounts,
  sum(CASE WHEN p.kind = 'retweet' THEN 1 ELSE 0 END) AS retweets
ORDER BY hour LIMIT $limit;
