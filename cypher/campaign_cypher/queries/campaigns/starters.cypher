// Who starts
// answers: Which member used each hashtag of this group first?
// parameter group_id: string -- id of the group
// parameter limit: integer = 100 -- at most so many rows
// column tag: string -- the hashtag that the group pushed
// column first: time -- first post of a member with it
// column account: string -- id of the account
// column handle: string -- its handle
// column post: string -- id of that post
// portable: yes
MATCH (h:Hashtag)<-[:PUSHED]-(g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h)
WHERE g.id = $group_id
WITH g, h, h.tag AS tag, min(p.created_at) AS first
ORDER BY first, tag LIMIT $limit
MATCH (g)<-[:MEMBER_OF]-(b:Account)-[:POSTED]->(q:Post)-[:TAGGED]->(h)
WHERE q.created_at = first
RETURN tag, first, b.id AS account, b.handle AS handle, q.id AS post
ORDER BY first, tag, post;
