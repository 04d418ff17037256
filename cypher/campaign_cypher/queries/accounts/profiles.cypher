// Profiles of accounts
// answers: What is known of these accounts?
// parameter ids: strings -- ids of the accounts
// column id: string -- Platform and id, `x:1234`; `x:@handle` (casefolded) where only the handle is known.
// column platform: string -- Short name of the platform: x, bsky, …
// column handle: string -- Name in mentions, as written, without @.
// column name: string -- Display name.
// column description: string -- The account's own words about itself.
// column location: string -- Declared place.
// column created_at: time -- When the account was made (UTC).
// column followers: integer -- Followers when last seen.
// column following: integer -- Accounts followed when last seen.
// column posts: integer -- Posts ever made when last seen, as the platform counts.
// column verified: boolean -- Verified by the platform when last seen.
// column avatar: string -- Hash of its picture, where the source gives one.
// column status: string -- active, suspended, deleted, protected; empty where not known.
// column last_seen_at: time -- Time of the newest observation of the profile.
// column placeholder: boolean -- True where the account was only named (mentioned, retweeted) and never collected.
// portable: yes
UNWIND $ids AS wanted
MATCH (a:Account {id: wanted})
RETURN a.id AS id,
  a.platform AS platform,
  a.handle AS handle,
  a.name AS name,
  a.description AS description,
  a.location AS location,
  a.created_at AS created_at,
  a.followers AS followers,
  a.following AS following,
  a.posts AS posts,
  a.verified AS verified,
  a.avatar AS avatar,
  a.status AS status,
  a.last_seen_at AS last_seen_at,
  a.placeholder AS placeholder
ORDER BY id;
