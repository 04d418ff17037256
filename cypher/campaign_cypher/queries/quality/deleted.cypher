// Deleted posts
// answers: Whose posts were seen to be gone, and how many?
// parameter limit: integer = 50 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column deleted: integer -- its posts that are gone
// column posts: integer -- all its posts here
// column last_seen_gone: time -- the newest moment at which one was seen to be gone
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE NOT coalesce(p.placeholder, false)
WITH a, count(p.deleted_at) AS deleted, count(p) AS posts, max(p.deleted_at) AS gone
WHERE deleted > 0
RETURN a.id AS account, a.handle AS handle, deleted, posts, gone AS last_seen_gone
ORDER BY deleted DESC, account LIMIT $limit;
