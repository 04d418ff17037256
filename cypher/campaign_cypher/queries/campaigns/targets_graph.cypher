// Picture of whom a group lifts and attacks
// answers: Whom does this group retweet or mention, as nodes and relationships?
// parameter group_id: string -- id of the group
// parameter limit: integer = 50 -- at most so many rows
// column found: graph -- the group
// column targeted: graph -- names or passes on
// column target: graph -- this account
// picture of: campaigns/targets
// portable: no
MATCH (found:Group {id: $group_id})-[targeted:TARGETED]->(target:Account)
RETURN found, targeted, target
ORDER BY targeted.posts DESC, target.id LIMIT $limit;
