// Picture from an account to a campaign
// answers: How is this account joined to members of a campaign, as paths over posts?
// parameter account: string -- id of the account
// parameter group_id: string -- id of the group
// parameter limit: integer = 20 -- at most so many rows
// column path: graph -- one of the shortest chains of retweets, quotes and replies to a member
// picture of: evidence/path
// portable: no
MATCH (a:Account {id: $account})
MATCH (m:Account)-[:MEMBER_OF]->(:Group {id: $group_id})
WHERE m <> a
MATCH path = shortestPath((a)-[:POSTED|RETWEETS|QUOTES|REPLIES_TO*..8]-(m))
RETURN path
ORDER BY length(path), m.id LIMIT $limit;
