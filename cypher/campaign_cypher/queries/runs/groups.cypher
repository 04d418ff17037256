// Groups of a run
// answers: Which groups did this run find?
// parameter run: string -- id of the run
// column group: string -- Run id and number of the group.
// column claim: string -- campaign or gathering.
// column size: integer -- Number of members.
// column core: integer -- Number of members in the core.
// column p: float -- The group's combined p.
// column layers: string -- JSON list: layer, claim, edges and p of each layer that speaks.
// column first: time -- First post of a member that counts as evidence.
// column last: time -- Last post of a member that counts as evidence.
// portable: yes
MATCH (g:`Group`)
WHERE g.run = $run
RETURN g.id AS `group`, g.claim AS claim, g.size AS size, g.core AS core, g.p AS p, g.layers AS layers, g.first AS first, g.last AS last
ORDER BY claim, size DESC, `group`;
