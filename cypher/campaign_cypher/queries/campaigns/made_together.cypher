// Members made at the same time
// answers: Which accounts of this campaign were made within days, three unless told otherwise, of other members?
// parameter group_id: string -- id of the group
// parameter days: integer = 3 -- at most so many days apart
// parameter limit: integer = 1000 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column made: time -- when the account was made
// column others: integer -- members made at most so many days before or after it
// column first: time -- when the oldest of them was made
// column last: time -- when the newest of them was made
// portable: no
MATCH (a:Account)-[:MEMBER_OF]->(g:Group {id: $group_id})<-[:MEMBER_OF]-(b:Account)
WHERE a.id <> b.id AND b.created_at >= a.created_at - duration({days: $days})
  AND b.created_at <= a.created_at + duration({days: $days})
RETURN a.id AS account, a.handle AS handle, a.created_at AS made, count(b) AS others,
  min(b.created_at) AS first, max(b.created_at) AS last
ORDER BY others DESC, made, account LIMIT $limit;
