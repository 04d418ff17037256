// Hashtags by hour: the embedded store's text; it cuts times in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN h.tag AS tag, date_trunc('hour', p.created_at) AS hour, count(p) AS posts,
  count(DISTINCT a) AS accounts;
