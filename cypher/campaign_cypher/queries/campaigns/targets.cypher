// Whom a group lifts and attacks
// answers: Whom does this group lift (retweet, quote), and whom does it address or attack (reply, mention)?
// parameter group_id: string -- id of the group
// parameter limit: integer = 25 -- at most so many rows
// column way: string -- retweet, quote, reply or mention; a retweet's own mentions do not count
// column target: string -- id of the account
// column handle: string -- its handle
// column posts: integer -- members' posts that do
// column members: integer -- members that do
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(:Post)<-[:POSTED]-(t:Account)
WHERE g.id = $group_id AND a.id <> t.id
RETURN 'retweet' AS way, t.id AS target, t.handle AS handle, count(p) AS posts, count(DISTINCT a.id) AS members
ORDER BY posts DESC, target LIMIT $limit
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:QUOTES]->(:Post)<-[:POSTED]-(t:Account)
WHERE g.id = $group_id AND a.id <> t.id
RETURN 'quote' AS way, t.id AS target, t.handle AS handle, count(p) AS posts, count(DISTINCT a.id) AS members
ORDER BY posts DESC, target LIMIT $limit
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:REPLIES_TO]->(:Post)<-[:POSTED]-(t:Account)
WHERE g.id = $group_id AND a.id <> t.id
RETURN 'reply' AS way, t.id AS target, t.handle AS handle, count(p) AS posts, count(DISTINCT a.id) AS members
ORDER BY posts DESC, target LIMIT $limit
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(t:Account)
WHERE g.id = $group_id AND a.id <> t.id AND coalesce(p.kind, 'original') <> 'retweet'
RETURN 'mention' AS way, t.id AS target, t.handle AS handle, count(p) AS posts, count(DISTINCT a.id) AS members
ORDER BY posts DESC, target LIMIT $limit;
