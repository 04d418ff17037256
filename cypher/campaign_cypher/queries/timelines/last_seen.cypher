// When accounts were last seen
// answers: On which days did many accounts make their last post here?
// parameter tag: string = null -- only accounts that used this hashtag, casefolded, without #; all where null
// parameter min_accounts: integer = 2 -- days with at least so many
// parameter limit: integer = 50 -- at most so many rows
// column day: time -- the day (UTC)
// column accounts: integer -- accounts whose last post here is of this day
// column ids: strings -- their ids
// unordered: ids
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at IS NOT NULL
  AND (coalesce($tag, '') = '' OR EXISTS { MATCH (a)-[:POSTED]->(:Post)-[:TAGGED]->(h:Hashtag) WHERE h.tag = $tag })
WITH a, max(p.created_at) AS last
WITH datetime.truncate('day', last) AS day, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts >= $min_accounts
RETURN day, accounts, ids
ORDER BY accounts DESC, day LIMIT $limit;
