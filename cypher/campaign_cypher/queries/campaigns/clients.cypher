// Applications of a campaign
// answers: With which applications do the members of this group post?
// parameter group_id: string -- id of the group
// parameter limit: integer = 25 -- at most so many rows
// column client: string -- the application; unknown where the source does not say
// column posts: integer -- members' posts made with it
// column members: integer -- members that use it
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)
WHERE g.id = $group_id AND NOT coalesce(p.placeholder, false)
RETURN coalesce(p.client, 'unknown') AS client, count(p) AS posts, count(DISTINCT a.id) AS members
ORDER BY posts DESC, client LIMIT $limit;
