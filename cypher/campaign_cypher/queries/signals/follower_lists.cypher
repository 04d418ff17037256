// Follower lists for the signals
// answers: Whom do most of these accounts follow whose followers are loaded, and who follows them, in which place?
// parameter accounts: strings -- ids of the accounts
// column account: string -- id of the account that is followed
// column follower: string -- id of the follower
// column rank: integer -- place in the platform's list, 1 the newest
// column seen_at: time -- when the list was collected
// column made: time -- when the follower was made
// for: program
// portable: yes
UNWIND $accounts AS wanted
MATCH (m:Account {id: wanted})-[:FOLLOWS]->(a:Account)
WITH a, count(m) AS here
WHERE here >= 20
MATCH (c:Account)-[:FOLLOWS]->(a)
WITH a, here, count(c) AS size
WHERE size >= 200 AND size <= 100000
WITH a, here ORDER BY here DESC, a.id LIMIT 10
MATCH (b:Account)-[f:FOLLOWS]->(a)
RETURN a.id AS account, b.id AS follower, f.rank AS rank, f.seen_at AS seen_at, b.created_at AS made
ORDER BY account, follower;
