// t From an account to a campaign: the embedded store's text; it has words of its own for paths
MATCH path = (a:Account {id: $account})-[:POSTED|RETWEETS|QUOTES|REPLIES_TO* SHORTEST 1..8]-(m:Account)
WHERE m.id <> a.id AND EXISTS { MATCH (m)-[:MEMBER_OF]->(g:`Group`) WHERE g.id = $group_id }
WITH path, m ORDER BY length(path), m.id LIMIT 1
WITH nodes(path) AS chain
UNWIND range(1, size(chain)) AS i
WITH i, list_extract(chain, i) AS n
RETURN i - 1 AS step, label(n) AS what, n.id AS id, n.handle AS handle, n.text AS text, n.created_at AS created_at
ORDER BY step;
