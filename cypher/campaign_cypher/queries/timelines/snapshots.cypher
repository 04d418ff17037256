// An account's counters in time
// answers: How did followers, accounts followed and posts of this account change?
// parameter account: string -- id of the account
// parameter limit: integer = 1000 -- at most so many rows
// column at: time -- when it was observed
// column followers: integer -- followers then
// column following: integer -- accounts followed then
// column posts: integer -- posts ever made then
// column status: string -- status then
// portable: yes
MATCH (a:Account)-[:OBSERVED]->(s:Snapshot)
WHERE a.id = $account
RETURN s.at AS at, s.followers AS followers, s.following AS following, s.posts AS posts, s.status AS status
ORDER BY at LIMIT $limit;
