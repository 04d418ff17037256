// Whom a group follows
// answers: Which accounts outside this group do several of its members follow?
// parameter group_id: string -- id of the group
// parameter min_members: integer = 2 -- members that follow the account, at least
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column members: integer -- members that follow it
// column followers: integer -- its followers when last seen
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(m:Account)-[:FOLLOWS]->(a:Account)
WHERE g.id = $group_id AND NOT EXISTS { MATCH (a)-[:MEMBER_OF]->(g) }
WITH a, count(m) AS members
WHERE members >= $min_members
RETURN a.id AS account, a.handle AS handle, members, a.followers AS followers
ORDER BY members DESC, account LIMIT $limit;
