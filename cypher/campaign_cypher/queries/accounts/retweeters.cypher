// Who passes on an account
// answers: Who retweets this account, how often and when?
// parameter account: string -- id of the account
// parameter limit: integer = 100 -- at most so many rows
// column by: string -- id of the account that retweets it
// column handle: string -- its handle
// column retweets: integer -- its retweets of the account's posts
// column first: time -- first of them
// column last: time -- last of them
// portable: yes
MATCH (a:Account)-[:POSTED]->(:Post)<-[:RETWEETS]-(r:Post)<-[:POSTED]-(b:Account)
WHERE a.id = $account AND a.id <> b.id
RETURN b.id AS `by`, b.handle AS handle, count(r) AS retweets, min(r.created_at) AS first, max(r.created_at) AS last
ORDER BY retweets DESC, `by` LIMIT $limit;
