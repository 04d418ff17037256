// Sites of a campaign
// answers: To which sites do the members of this group link, and who else does?
// parameter group_id: string -- id of the group
// parameter limit: integer = 50 -- at most so many rows
// column domain: string -- the site: host without www
// column posts: integer -- members' posts that link to it
// column members: integer -- members that do
// column others: integer -- accounts outside the group that link to it
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(u:Url)
WHERE g.id = $group_id AND u.domain IS NOT NULL
WITH u.domain AS domain, count(DISTINCT p.id) AS posts, count(DISTINCT a.id) AS members
ORDER BY posts DESC, domain LIMIT $limit
MATCH (v:Url)<-[:LINKS_TO]-(:Post)<-[:POSTED]-(b:Account)
WHERE v.domain = domain
RETURN domain, posts, members, count(DISTINCT b.id) - members AS others
ORDER BY posts DESC, domain;
