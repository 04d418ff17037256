// Profiles of everybody
// answers: What is known of every account that was collected, as the search for clones reads it?
// column account: string -- id of the account
// column handle: string -- its handle
// column name: string -- its display name
// column description: string -- its own words about itself
// column created_at: time -- when it was made
// column verified: boolean -- verified when last seen
// column avatar: string -- hash of its picture
// for: program
// portable: yes
MATCH (a:Account)
WHERE NOT coalesce(a.placeholder, false)
RETURN a.id AS account, a.handle AS handle, a.name AS name, a.description AS description, a.created_at AS created_at,
  a.verified AS verified, a.avatar AS avatar
ORDER BY account;
