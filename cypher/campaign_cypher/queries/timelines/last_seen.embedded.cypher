// t When accounts were last seen: the embedded store's text; it cuts times in words of its own
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at IS NOT NULL
  AND (coalesce($tag, '') = '' OR EXISTS { MATCH (a)-[:POSTED]->(:Post)-[:TAGGED]->(h:Hashtag) WHERE h.tag = $tag })
WITH a, max(p.created_at) AS last
WITH date_trunc('day', last) AS day, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts >= $min_accounts
RETURN day, accounts, ids
ORDER BY accounts DESC, day LIMIT $limit;
