// Use of hashtags in time: the embedded store's text; it is fast by rows
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN h.tag AS tag, a.id AS account, p.id AS post, coalesce(p.kind, 'original') AS kind, p.created_at AS time;
