// Accounts that are gone
// answers: Which accounts were suspended, deleted or protected, and what did they leave here?
// parameter status: string = null -- suspended, deleted or protected; any of them where null
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column status: string -- its status
// column posts: integer -- its posts here
// column deleted: integer -- those of them that were seen to be gone
// column first: time -- its first post here
// column last: time -- its last post here
// portable: yes
MATCH (a:Account)
WHERE a.status IN ['suspended', 'deleted', 'protected'] AND a.status = coalesce($status, a.status)
OPTIONAL MATCH (a)-[:POSTED]->(p:Post) WHERE NOT coalesce(p.placeholder, false)
RETURN a.id AS account, a.handle AS handle, a.status AS status, count(p) AS posts, count(p.deleted_at) AS deleted,
  min(p.created_at) AS first, max(p.created_at) AS last
ORDER BY posts DESC, account LIMIT $limit;
