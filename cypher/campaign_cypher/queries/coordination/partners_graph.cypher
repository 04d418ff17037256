// Picture of an account's partners
// answers: With whom does this account act together, and they among themselves, as nodes and relationships?
// parameter account: string -- id of the account
// parameter run: string = null -- one run only, all where null
// parameter limit: integer = 300 -- at most so many rows
// column one: graph -- one account
// column edge: graph -- acts together
// column other: graph -- with another
// picture of: coordination/partners
// portable: no
MATCH (a:Account {id: $account})-[e:COORDINATED_WITH]-(b:Account)
WHERE e.run = coalesce($run, e.run)
WITH a, collect(DISTINCT b) AS partners
MATCH (one:Account)-[edge:COORDINATED_WITH]->(other:Account)
WHERE one IN partners + [a] AND other IN partners + [a] AND edge.run = coalesce($run, edge.run)
RETURN one, edge, other
ORDER BY edge.p, one.id, other.id LIMIT $limit;
