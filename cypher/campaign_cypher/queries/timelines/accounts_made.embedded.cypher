// t Days on which accounts were made: the embedded store's text; it cuts times in words of its own
MATCH (a:Account)
WHERE a.created_at IS NOT NULL
  AND (coalesce($tag, '') = '' OR EXISTS { MATCH (a)-[:POSTED]->(:Post)-[:TAGGED]->(h:Hashtag) WHERE h.tag = $tag })
WITH date_trunc('day', a.created_at) AS day, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts >= $min_accounts
RETURN day, accounts, ids
ORDER BY accounts DESC, day LIMIT $limit;
