// Profiles of accounts
// answers: What is known of these accounts?
// parameter ids: strings -- ids of accounts
// parameter limit: integer = 1000 -- at most so many rows
// column id: string -- id of the account
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
// column status: string -- its status when last seen
// column last_seen_at: time -- when it was last seen
// portable: yes
MATCH (a:Account)
WHERE a.id IN $ids
RETURN a.id AS id, a.platform AS platform, a.handle AS handle, a.name AS name, a.description AS description,
  a.location AS location, a.created_at AS created_at, a.followers AS followers, a.following AS following,
  a.posts AS posts, a.verified AS verified, a.status AS status, a.last_seen_at AS last_seen_at
ORDER BY id
LIMIT $limit;
