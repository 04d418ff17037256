// Deleted posts for the signals
// answers: Which posts of these accounts were seen to be gone, and when?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment of posting, open where null
// parameter until: time = null -- last moment of posting, open where null
// column account: string -- id of the author
// column post: string -- id of the post
// column created_at: time -- when it was posted
// column deleted_at: time -- when it was seen to be gone
// for: program
// portable: yes
UNWIND $accounts AS wanted
MATCH (a:Account {id: wanted})-[:POSTED]->(p:Post)
WHERE p.deleted_at IS NOT NULL
  AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN a.id AS account, p.id AS post, p.created_at AS created_at, p.deleted_at AS deleted_at
ORDER BY deleted_at, post;
