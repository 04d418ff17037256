// Picture of bridges between two campaigns
// answers: Which accounts retweet members of both of these campaigns, as nodes and relationships?
// parameter group_id: string -- id of one group
// parameter other_id: string -- id of the other
// parameter limit: integer = 300 -- at most so many rows
// column account: graph -- the bridge
// column posted: graph -- it posted
// column post: graph -- a retweet
// column passes: graph -- passes on
// column original: graph -- a member's post
// column wrote: graph -- wrote it
// column member: graph -- the member
// column belongs: graph -- belongs to
// column found: graph -- the group
// picture of: campaigns/bridges
// portable: no
MATCH (g:Group)<-[:MEMBER_OF]-(b:Account)-[:POSTED]->(:Post)<-[:RETWEETS]-(:Post)<-[:POSTED]-(account:Account)
WHERE g.id IN [$group_id, $other_id] AND account <> b
WITH account, count(DISTINCT g) AS reached
WHERE reached = 2
MATCH (account)-[posted:POSTED]->(post:Post)-[passes:RETWEETS]->(original:Post)<-[wrote:POSTED]-(member:Account)
MATCH (member)-[belongs:MEMBER_OF]->(found:Group)
WHERE found.id IN [$group_id, $other_id]
RETURN account, posted, post, passes, original, wrote, member, belongs, found
ORDER BY account.id, post.id, member.id, found.id LIMIT $limit;
