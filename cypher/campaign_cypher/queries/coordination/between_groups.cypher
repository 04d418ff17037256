// Pairs between groups
// answers: Which groups of this run have pairs across them?
// parameter run: string -- id of the run
// parameter limit: integer = 100 -- at most so many rows
// column one: string -- id of one group
// column other: string -- id of the other
// column pairs: integer -- pairs of a member of the one and a member of the other that act together
// column accounts: integer -- members of the one in such pairs
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(x:Account)-[e:COORDINATED_WITH]-(y:Account)-[:MEMBER_OF]->(h:`Group`)
WHERE g.run = $run AND h.run = $run AND e.run = $run AND g.id < h.id
WITH DISTINCT g.id AS one, h.id AS other, x.id AS x, y.id AS y
RETURN one, other, count(y) AS pairs, count(DISTINCT x) AS accounts
ORDER BY pairs DESC, one, other LIMIT $limit;
