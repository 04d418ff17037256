// Members of the groups of a run
// answers: Who belongs to the groups of this run?
// parameter run: string -- id of the run
// parameter group_id: string = null -- id of one group, all where null
// column group: string -- id of the group
// column account: string -- id of the account
// column handle: string -- its handle
// column role: string -- core (in step) or together.
// column episodes: integer -- Episodes shared with other members.
// column expected: float -- Episodes that chance explains.
// column p: float -- Smallest p of the account's edges inside the group.
// portable: yes
MATCH (a:Account)-[m:MEMBER_OF]->(g:`Group`)
WHERE g.run = $run AND g.id = coalesce($group_id, g.id)
RETURN g.id AS `group`, a.id AS account, a.handle AS handle, m.role AS role, m.episodes AS episodes, m.expected AS expected, m.p AS p
ORDER BY `group`, role, p, account;
