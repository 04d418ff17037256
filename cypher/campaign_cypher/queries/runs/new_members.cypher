// Accounts that a run found and another did not
// answers: Which accounts did this run find in groups that the one before did not? The other way round: those lost.
// parameter run: string -- id of the run
// parameter before: string -- id of the run that it is held against
// parameter limit: integer = 1000 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column group: string -- its group in the run
// column claim: string -- campaign or gathering
// column role: string -- core (in step) or together
// portable: yes
MATCH (a:Account)-[m:MEMBER_OF]->(g:`Group`)
WHERE g.run = $run AND NOT EXISTS { MATCH (a)-[:MEMBER_OF]->(o:`Group`) WHERE o.run = $before }
RETURN a.id AS account, a.handle AS handle, g.id AS `group`, g.claim AS claim, m.role AS role
ORDER BY `group`, role, account LIMIT $limit;
