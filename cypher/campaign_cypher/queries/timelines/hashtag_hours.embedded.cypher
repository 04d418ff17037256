// t A hashtag by hour: the embedded store's text; it cuts times in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag = $tag AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN date_trunc('hour', p.created_at) AS hour, count(p) AS posts, count(DISTINCT a) AS accounts,
  sum(CASE WHEN p.kind = 'retweet' THEN 1 ELSE 0 END) AS retweets
ORDER BY hour LIMIT $limit;
