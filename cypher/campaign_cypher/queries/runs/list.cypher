// Runs
// answers: Which detections are kept here?
// parameter limit: integer = 100 -- at most so many rows
// column run: string -- id of the run
// column version: string -- version of campaign
// column campaigns: integer -- groups that are campaigns
// column gatherings: integer -- groups that are gatherings
// column finished_at: time -- when it ended
// column parameters: string -- what it was asked, as JSON
// portable: yes
MATCH (r:Run)
OPTIONAL MATCH (r)-[:FOUND]->(g:`Group`)
RETURN r.id AS run, r.version AS version, sum(CASE WHEN g.claim = 'campaign' THEN 1 ELSE 0 END) AS campaigns,
  sum(CASE WHEN g.claim = 'gathering' THEN 1 ELSE 0 END) AS gatherings, r.finished_at AS finished_at,
  r.parameters AS parameters
ORDER BY finished_at DESC, run LIMIT $limit;
