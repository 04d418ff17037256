// Members of a campaign
// answers: Who is in this campaign, in which role, and what is known of them?
// parameter group_id: string -- id of the group
// parameter limit: integer = 1000 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column name: string -- its display name
// column role: string -- core (in step) or together
// column episodes: integer -- episodes shared with other members
// column expected: float -- episodes that chance explains
// column made: time -- when the account was made
// column followers: integer -- followers when last seen
// column posts: integer -- posts ever made when last seen
// column status: string -- active, suspended, deleted, protected; empty where not known
// portable: yes
MATCH (a:Account)-[m:MEMBER_OF]->(g:`Group`)
WHERE g.id = $group_id
RETURN a.id AS account, a.handle AS handle, a.name AS name, m.role AS role, m.episodes AS episodes,
  m.expected AS expected, a.created_at AS made, a.followers AS followers, a.posts AS posts, a.status AS status
ORDER BY role, account LIMIT $limit;
