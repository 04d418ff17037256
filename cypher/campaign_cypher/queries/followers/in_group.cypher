// Who follows whom in a group
// answers: Which members of this group follow each other?
// parameter group_id: string -- id of the group
// parameter limit: integer = 1000 -- at most so many rows
// column follower: string -- id of the member that follows
// column follower_handle: string -- its handle
// column followed: string -- id of the member that is followed
// column followed_handle: string -- its handle
// column mutual: boolean -- true where they follow each other
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:FOLLOWS]->(b:Account)-[:MEMBER_OF]->(g)
WHERE g.id = $group_id
RETURN a.id AS follower, a.handle AS follower_handle, b.id AS followed, b.handle AS followed_handle,
  EXISTS { MATCH (b)-[:FOLLOWS]->(a) } AS mutual
ORDER BY follower, followed LIMIT $limit;
