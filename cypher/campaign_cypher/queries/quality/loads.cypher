// Files in this graph
// answers: Which files were loaded, with what fingerprint, were they read to their end, and what came of each?
// parameter limit: integer = 1000 -- at most so many rows
// column file: string -- its name without its folder
// column sha256: string -- of its bytes, packed where it is
// column size: integer -- bytes
// column format: string -- as which it was read
// column platform: string -- of whom it tells
// column rows: integer -- rows or records that it has
// column posts: integer -- posts that they tell of
// column rejected: integer -- rows that were not taken
// column state: string -- whole, damaged (read up to where it breaks off), or not finished (the load was killed)
// column version: string -- the campaign that read it
// column finished_at: time -- when it was last read to its end
// portable: yes
MATCH (l:`Load`)
RETURN l.name AS file, l.sha256 AS sha256, l.size AS size, l.format AS format, l.platform AS platform,
  l.rows AS rows, l.posts AS posts, l.rejected AS rejected,
  CASE WHEN l.whole THEN 'whole' WHEN NOT l.whole THEN 'damaged' ELSE 'not finished' END AS state,
  l.version AS version, l.finished_at AS finished_at
ORDER BY file, sha256 LIMIT $limit;
