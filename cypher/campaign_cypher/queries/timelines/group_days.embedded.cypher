// t A group by day: the embedded store's text; it cuts times in words of its own
MATCH (:`Group` {id: $group_id})<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at IS NOT NULL
RETURN date_trunc('day', p.created_at) AS day, count(p) AS posts, count(DISTINCT a.id) AS members,
  sum(CASE WHEN p.kind = 'retweet' THEN 1 ELSE 0 END) AS retweets
ORDER BY day LIMIT $limit;
