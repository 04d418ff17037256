// Campaigns of all runs
// answers: Which groups have all runs found here, the largest first?
// parameter claim: string = "campaign" -- campaign or gathering; both where null
// parameter limit: integer = 100 -- at most so many rows
// column group: string -- id of the group
// column run: string -- id of its run
// column claim: string -- campaign or gathering
// column size: integer -- members
// column core: integer -- members in the core
// column p: float -- the group's combined p
// column first: time -- first post of a member that counts as evidence
// column last: time -- last post of a member that counts as evidence
// portable: yes
MATCH (g:`Group`)
WHERE g.claim = coalesce($claim, g.claim)
RETURN g.id AS `group`, g.run AS run, g.claim AS claim, g.size AS size, g.core AS core, g.p AS p,
  g.first AS first, g.last AS last
ORDER BY size DESC, `group` LIMIT $limit;
