// Hashtag sequence events: the embedded store's text; it is fast by rows
// codes: account = Account -- fewer strings are read so
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR p.tag_sequence IN $objects)
  AND coalesce(p.kind, 'original') <> 'retweet' AND p.tag_sequence CONTAINS ' '
RETURN offset(id(a)) AS account, p.tag_sequence AS object, p.created_at AS time, p.id AS post
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(o:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND p.kind = 'retweet' AND o.placeholder = false AND p.tag_sequence <> coalesce(o.tag_sequence, '')
WITH a, p, string_split(coalesce(o.tag_sequence, ''), ' ') AS theirs
WITH a, p, list_filter(string_split(p.tag_sequence, ' '), t -> NOT list_contains(theirs, t)) AS own WHERE size(own) > 1
WITH a, p, list_to_string(' ', own) AS tags
WHERE (size($accounts) = 0 OR a.id IN $accounts) AND (size($objects) = 0 OR tags IN $objects)
RETURN offset(id(a)) AS account, tags AS object, p.created_at AS time, p.id AS post;
