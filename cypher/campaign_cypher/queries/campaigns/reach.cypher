// Reach of a campaign
// answers: Which members' posts are passed on, by members and by accounts outside the group?
// parameter group_id: string -- id of the group
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column followers: integer -- followers when last seen
// column inside: integer -- retweets of its posts by members
// column outside: integer -- retweets of its posts by others
// column accounts: integer -- accounts that retweeted it
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(:Post)<-[:RETWEETS]-(r:Post)<-[:POSTED]-(b:Account)
WHERE g.id = $group_id AND a.id <> b.id
OPTIONAL MATCH (b)-[m:MEMBER_OF]->(g)
WITH a, count(r) AS retweets, count(m.role) AS inside, count(DISTINCT b.id) AS accounts
RETURN a.id AS account, a.handle AS handle, a.followers AS followers, inside, retweets - inside AS outside, accounts
ORDER BY outside DESC, inside DESC, account LIMIT $limit;
