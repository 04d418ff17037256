// Names of runs and groups
// answers: Which runs and groups are there?
// column id: string -- id of the run or group
// column kind: string -- run or group
// for: program
// portable: yes
MATCH (r:Run)
RETURN r.id AS id, 'run' AS kind
UNION ALL
MATCH (g:`Group`)
RETURN g.id AS id, 'group' AS kind;
