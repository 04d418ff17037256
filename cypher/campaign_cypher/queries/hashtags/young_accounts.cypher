// New accounts on a hashtag
// answers: Which accounts used this hashtag within days of being made?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter days: integer = 7 -- at most so many days from making the account to its first post with the hashtag
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column made: time -- when the account was made
// column first: time -- its first post with the hashtag
// column posts: integer -- its posts with the hashtag
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE h.tag = $tag AND p.created_at IS NOT NULL
WITH a, min(p.created_at) AS first, count(p) AS posts
WHERE first >= a.created_at AND first <= a.created_at + duration({days: $days})
RETURN a.id AS account, a.handle AS handle, a.created_at AS made, first, posts
ORDER BY made, account LIMIT $limit;
