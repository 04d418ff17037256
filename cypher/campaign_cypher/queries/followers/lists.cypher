// Follower lists
// answers: Who follows these accounts (or all whose followers are loaded), and in which place?
// parameter accounts: strings = [] -- ids of the accounts; none: all
// column account: string -- id of the account that is followed
// column follower: string -- id of the follower
// column rank: integer -- place in the platform's list, 1 the newest
// column seen_at: time -- when the list was collected
// column made: time -- when the follower was made
// for: program
// portable: yes
MATCH (b:Account)-[f:FOLLOWS]->(a:Account)
WHERE size($accounts) = 0 OR a.id IN $accounts
RETURN a.id AS account, b.id AS follower, f.rank AS rank, f.seen_at AS seen_at, b.created_at AS made
ORDER BY account, follower;
