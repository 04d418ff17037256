// Gaps
// answers: For which stretches, of so many hours or longer, is there no post at all?
// parameter hours: integer = 24 -- from one hour with posts to the next, at least
// parameter limit: integer = 100 -- at most so many rows
// column from_hour: time -- the last hour with posts before the gap
// column to_hour: time -- the first hour with posts after it
// column gap_hours: integer -- hours from the one to the other
// portable: no
MATCH (p:Post)
WHERE p.created_at IS NOT NULL
WITH DISTINCT p.created_at.epochSeconds / 3600 AS hour
ORDER BY hour
WITH collect(hour) AS hours
UNWIND range(1, size(hours) - 1) AS i
WITH hours[i - 1] AS before, hours[i] AS after
WHERE after - before >= $hours
RETURN datetime({epochSeconds: before * 3600}) AS from_hour, datetime({epochSeconds: after * 3600}) AS to_hour,
  after - before AS gap_hours
ORDER BY gap_hours DESC, from_hour LIMIT $limit;
