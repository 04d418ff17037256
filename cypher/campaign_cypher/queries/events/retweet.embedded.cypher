// Retweet events: the embedded store's text; it is fast by rows
MATCH (a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(o:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR o.id IN $objects)
OPTIONAL MATCH (author:Account)-[:POSTED]->(o)
WITH a.id AS account, o.id AS object, p.id AS post, p.created_at AS time, o.created_at AS born,
  min(lower(coalesce(author.handle, author.id))) AS author,
  CASE WHEN p.text STARTS WITH 'RT @' THEN lower(split_part(split_part(substring(p.text, 5, 50), ':', 1), ' ', 1)) END AS named
RETURN account, object, coalesce(author, named) AS source, born, time, post AS post;
