// Followers of an account
// answers: Who follows this account, the newest first?
// parameter account: string -- id of the account
// parameter limit: integer = 1000 -- at most so many rows
// column follower: string -- id of the follower
// column handle: string -- its handle
// column rank: integer -- place in the platform's list, 1 the newest
// column seen_at: time -- when the list was collected
// column made: time -- when the follower was made
// column followers: integer -- the follower's own followers when last seen
// portable: yes
MATCH (b:Account)-[f:FOLLOWS]->(a:Account)
WHERE a.id = $account
RETURN b.id AS follower, b.handle AS handle, f.rank AS rank, f.seen_at AS seen_at, b.created_at AS made,
  b.followers AS followers
ORDER BY coalesce(f.rank, 1000000000), follower LIMIT $limit;
