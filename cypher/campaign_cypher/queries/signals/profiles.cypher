// Profiles for the signals
// answers: What is known of these accounts, as the signals about accounts read it?
// parameter accounts: strings -- ids of the accounts
// column account: string -- id of the account
// column platform: string -- its platform
// column handle: string -- its handle
// column name: string -- its display name
// column description: string -- its own words about itself
// column location: string -- its declared place
// column created_at: time -- when it was made
// column followers: integer -- followers when last seen
// column following: integer -- accounts followed when last seen
// column posts: integer -- posts ever made when last seen
// column verified: boolean -- verified when last seen
// column status: string -- active, suspended, deleted, protected; empty where not known
// column last_seen_at: time -- time of the newest observation
// for: program
// portable: yes
UNWIND $accounts AS wanted
MATCH (a:Account {id: wanted})
RETURN a.id AS account, a.platform AS platform, a.handle AS handle, a.name AS name, a.description AS description,
  a.location AS location, a.created_at AS created_at, a.followers AS followers, a.following AS following,
  a.posts AS posts, a.verified AS verified, a.status AS status, a.last_seen_at AS last_seen_at
ORDER BY account;
