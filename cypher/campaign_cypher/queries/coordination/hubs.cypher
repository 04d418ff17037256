// Accounts with most partners
// answers: Which accounts act together with most others, by this run?
// parameter run: string -- id of the run
// parameter limit: integer = 50 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column partners: integer -- accounts that it acts with
// column behaviours: integer -- in how many behaviours
// column smallest_p: float -- p of its surest pair
// portable: yes
MATCH (a:Account)-[e:COORDINATED_WITH]-(b:Account)
WHERE e.run = $run
RETURN a.id AS account, a.handle AS handle, count(DISTINCT b.id) AS partners, count(DISTINCT e.layer) AS behaviours,
  min(e.p) AS smallest_p
ORDER BY partners DESC, account LIMIT $limit;
