// From an account to a campaign
// answers: How is this account joined to a campaign: the shortest chain of retweets, quotes, replies, with its posts?
// parameter account: string -- id of the account
// parameter group_id: string -- id of the group
// column step: integer -- place in the chain, 0 the account itself; the last is a member
// column what: string -- Account or Post
// column id: string -- id of the account or post
// column handle: string -- handle of the account
// column text: string -- text of the post
// column created_at: time -- when the post was posted, or the account made
// portable: no
MATCH (a:Account {id: $account})
MATCH (m:Account)-[:MEMBER_OF]->(:Group {id: $group_id})
WHERE m <> a
MATCH path = shortestPath((a)-[:POSTED|RETWEETS|QUOTES|REPLIES_TO*..8]-(m))
WITH path ORDER BY length(path), m.id LIMIT 1
UNWIND range(0, length(path)) AS step
WITH step, nodes(path)[step] AS n
RETURN step, head(labels(n)) AS what, n.id AS id, n.handle AS handle, n.text AS text, n.created_at AS created_at
ORDER BY step;
