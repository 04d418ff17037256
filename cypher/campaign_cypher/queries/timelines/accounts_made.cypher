// Days on which accounts were made
// answers: On which days (UTC) were most of these accounts made?
// parameter tag: string = null -- only accounts that used this hashtag, all where null
// parameter min_accounts: integer = 2 -- accounts made on the day, at least
// parameter limit: integer = 100 -- at most so many rows
// column day: time -- the day
// column accounts: integer -- accounts made on it
// column ids: strings -- which
// unordered: ids
// portable: no
MATCH (a:Account)
WHERE a.created_at IS NOT NULL
  AND (coalesce($tag, '') = '' OR EXISTS { MATCH (a)-[:POSTED]->(:Post)-[:TAGGED]->(:Hashtag {tag: $tag}) })
WITH datetime.truncate('day', a.created_at) AS day, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts >= $min_accounts
RETURN day, accounts, ids
ORDER BY accounts DESC, day LIMIT $limit;
