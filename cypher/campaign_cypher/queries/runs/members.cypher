// Members of the groups of a run
// answers: Who belongs to the groups of this run?
// parameter run: string -- id of the run
// parameter group_id: string = null -- id of one group, all where null
// column group: string -- id of the group
// column account: string -- id of the account
// column handle: string -- its handle
// column role: string -- core (in step) or together.
// column episodes: integer -- Episodes shared with other members; without edges: joined_n.
// column expected: float -- Episodes that chance explains; without edges: joined_expected.
// column p: float -- Smallest p of the account's edges inside the group; without edges: of its joining.
// column joined_layer: string -- Behaviour by which it joined the core; null where pairs brought it in.
// column joined_n: integer -- How many of the core's moments it turned up at.
// column joined_expected: float -- At how many chance explains.
// portable: yes
MATCH (a:Account)-[m:MEMBER_OF]->(g:`Group`)
WHERE g.run = $run AND g.id = coalesce($group_id, g.id)
RETURN g.id AS `group`, a.id AS account, a.handle AS handle, m.role AS role, m.episodes AS episodes, m.expected AS expected, m.p AS p, m.joined_layer AS joined_layer, m.joined_n AS joined_n, m.joined_expected AS joined_expected
ORDER BY `group`, role, p, account;
