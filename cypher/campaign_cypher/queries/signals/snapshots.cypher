// Counters in time for the signals
// answers: Which counters of these accounts were observed, and when?
// parameter accounts: strings -- ids of the accounts
// column account: string -- id of the account
// column at: time -- when it was observed
// column followers: integer -- followers then
// column following: integer -- accounts followed then
// column posts: integer -- posts ever made then
// column status: string -- status then
// for: program
// portable: yes
UNWIND $accounts AS wanted
MATCH (a:Account {id: wanted})-[:OBSERVED]->(s:Snapshot)
RETURN a.id AS account, s.at AS at, s.followers AS followers, s.following AS following, s.posts AS posts,
  s.status AS status
ORDER BY account, at;
