// Picture of who follows whom in a group
// answers: Which members of this group follow each other, as nodes and relationships?
// parameter group_id: string -- id of the group
// parameter limit: integer = 1000 -- at most so many rows
// column follower: graph -- a member
// column follows: graph -- follows
// column followed: graph -- another
// picture of: followers/in_group
// portable: no
MATCH (g:Group {id: $group_id})<-[:MEMBER_OF]-(follower:Account)-[follows:FOLLOWS]->(followed:Account)-[:MEMBER_OF]->(g)
RETURN follower, follows, followed
ORDER BY follower.id, followed.id LIMIT $limit;
