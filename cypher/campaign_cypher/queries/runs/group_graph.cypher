// Picture of a group
// answers: Who is in this group, who acts with whom, and what does it push, as nodes and relationships?
// parameter group_id: string -- id of the group
// parameter limit: integer = 2000 -- at most so many rows
// column account: graph -- a member
// column member: graph -- its membership
// column found: graph -- the group
// column edge: graph -- acts together
// column other: graph -- with this member
// column pushed: graph -- the group pushes
// column hashtag: graph -- this hashtag
// picture of: runs/members
// portable: no
MATCH (account:Account)-[member:MEMBER_OF]->(g:Group {id: $group_id})
OPTIONAL MATCH (account)-[edge:COORDINATED_WITH {run: g.run}]->(other:Account)-[:MEMBER_OF]->(g)
OPTIONAL MATCH (g)-[pushed:PUSHED]->(hashtag:Hashtag)
RETURN account, member, g AS found, edge, other, pushed, hashtag
ORDER BY account.id, other.id, edge.layer, edge.claim, hashtag.tag LIMIT $limit;
