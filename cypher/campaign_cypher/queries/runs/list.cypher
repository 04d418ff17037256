// Runs
// answers: Which detections are kept, and what were they asked?
// parameter limit: integer = 100 -- at most so many rows
// column run: string -- id of the run
// column version: string -- version of campaign
// column finished_at: time -- when it ended
// column parameters: string -- its parameters, JSON
// portable: yes
MATCH (r:Run)
RETURN r.id AS run, r.version AS version, r.finished_at AS finished_at, r.parameters AS parameters
ORDER BY finished_at DESC, run
LIMIT $limit;
