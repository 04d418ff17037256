// What a run found that another did not
// answers: Which groups of this run are new, and which the one before had already, by their members?
// parameter run: string -- id of the run
// parameter before: string -- id of the run that it is held against
// parameter limit: integer = 1000 -- at most so many rows
// column group: string -- the group in the run
// column claim: string -- campaign or gathering
// column size: integer -- its members
// column known: integer -- members that the run before had in any group
// column unknown: integer -- members that it had in none
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)
WHERE g.run = $run
OPTIONAL MATCH (a)-[:MEMBER_OF]->(o:`Group` {run: $before})
WITH g, a, count(o.id) AS before
WITH g, sum(CASE WHEN before > 0 THEN 1 ELSE 0 END) AS known, sum(CASE WHEN before = 0 THEN 1 ELSE 0 END) AS unknown
RETURN g.id AS `group`, g.claim AS claim, g.size AS size, known, unknown
ORDER BY unknown DESC, `group` LIMIT $limit;
