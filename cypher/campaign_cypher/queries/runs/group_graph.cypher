// Picture of a group
// answers: Who is in this group, who acts with whom, and what does it push, as nodes and relationships?
// parameter group_id: string -- id of the group
// parameter members: integer = 30 -- at most so many members, the core first: more cannot be told apart
// parameter limit: integer = 2000 -- at most so many pairs, and so many hashtags, the strongest first
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
RETURN account, member, g AS found, null AS edge, null AS other, null AS pushed, null AS hashtag
ORDER BY member.role, member.p, account.id LIMIT $members
UNION ALL
MATCH (a:Account)-[m:MEMBER_OF]->(g:Group {id: $group_id})
WITH g, a ORDER BY m.role, m.p, a.id LIMIT $members
WITH g, collect(a) AS shown
UNWIND shown AS account
MATCH (account)-[edge:COORDINATED_WITH {run: g.run}]->(other:Account)
WHERE other IN shown
RETURN account, null AS member, g AS found, edge, other, null AS pushed, null AS hashtag
ORDER BY edge.p, account.id, other.id, edge.layer, edge.claim LIMIT $limit
UNION ALL
MATCH (g:Group {id: $group_id})-[pushed:PUSHED]->(hashtag:Hashtag)
RETURN null AS account, null AS member, g AS found, null AS edge, null AS other, pushed, hashtag
ORDER BY pushed.posts DESC, hashtag.tag LIMIT $limit;
