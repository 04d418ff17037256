// Groups with the same members
// answers: Which other groups, of any run, share members with this one?
// parameter group_id: string -- id of the group
// parameter limit: integer = 100 -- at most so many rows
// column group: string -- id of the other group
// column run: string -- its run
// column claim: string -- campaign or gathering
// column size: integer -- its members
// column shared: integer -- members of both
// column similarity: float -- shared members, divided by members of either (Jaccard)
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:MEMBER_OF]->(o:`Group`)
WHERE g.id = $group_id AND o.id <> g.id
WITH g, o, count(a) AS shared
RETURN o.id AS `group`, o.run AS run, o.claim AS claim, o.size AS size, shared,
  1.0 * shared / (g.size + o.size - shared) AS similarity
ORDER BY shared DESC, `group` LIMIT $limit;
