// Groups of an account
// answers: In which groups, of all runs, is this account?
// parameter account: string -- id of the account
// parameter limit: integer = 100 -- at most so many rows
// column group: string -- id of the group
// column run: string -- its run
// column claim: string -- campaign or gathering
// column size: integer -- members of the group
// column role: string -- core (in step) or together
// column episodes: integer -- episodes shared with other members
// column p: float -- smallest p of its pairs inside the group
// portable: yes
MATCH (a:Account)-[m:MEMBER_OF]->(g:`Group`)
WHERE a.id = $account
RETURN g.id AS `group`, g.run AS run, g.claim AS claim, g.size AS size, m.role AS role, m.episodes AS episodes, m.p AS p
ORDER BY `group` LIMIT $limit;
