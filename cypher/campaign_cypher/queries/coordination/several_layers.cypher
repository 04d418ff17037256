// Pairs in several behaviours
// answers: Which pairs act together in more than one behaviour?
// parameter run: string -- id of the run
// parameter min_layers: integer = 2 -- behaviours, at least
// parameter limit: integer = 100 -- at most so many rows
// column a: string -- id of one account
// column b: string -- id of the other
// column layers: integer -- behaviours in which they act together
// column names: strings -- which
// column smallest_p: float -- p of the surest
// unordered: names
// portable: yes
MATCH (x:Account)-[e:COORDINATED_WITH]->(y:Account)
WHERE e.run = $run
WITH x.id AS a, y.id AS b, count(DISTINCT e.layer) AS layers, collect(DISTINCT e.layer) AS names, min(e.p) AS smallest_p
WHERE layers >= $min_layers
RETURN a, b, layers, names, smallest_p
ORDER BY layers DESC, smallest_p, a, b LIMIT $limit;
