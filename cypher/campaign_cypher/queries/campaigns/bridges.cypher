// Bridges between two campaigns
// answers: Which accounts join these two campaigns: members of both, accounts that act with both, that retweet both?
// parameter group_id: string -- id of one group
// parameter other_id: string -- id of the other
// parameter limit: integer = 100 -- at most so many rows
// column way: string -- member, acts with or retweets
// column account: string -- id of the account
// column handle: string -- its handle
// column first: integer -- ties to the one: episodes as member, members it acts with, retweets of members
// column second: integer -- ties to the other
// portable: yes
MATCH (g:`Group`)<-[m:MEMBER_OF]-(a:Account)
WHERE g.id IN [$group_id, $other_id]
WITH a, count(DISTINCT g.id) AS `groups`, max(CASE WHEN g.id = $group_id THEN m.episodes ELSE 0 END) AS first,
  max(CASE WHEN g.id = $other_id THEN m.episodes ELSE 0 END) AS second
WHERE `groups` = 2
RETURN 'member' AS way, a.id AS account, a.handle AS handle, first, second
ORDER BY account LIMIT $limit
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(b:Account)-[e:COORDINATED_WITH]-(a:Account)
WHERE g.id IN [$group_id, $other_id] AND e.run = g.run
WITH a, count(DISTINCT CASE WHEN g.id = $group_id THEN b.id END) AS first,
  count(DISTINCT CASE WHEN g.id = $other_id THEN b.id END) AS second
WHERE first > 0 AND second > 0
RETURN 'acts with' AS way, a.id AS account, a.handle AS handle, first, second
ORDER BY account LIMIT $limit
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(b:Account)-[:POSTED]->(:Post)<-[:RETWEETS]-(r:Post)<-[:POSTED]-(a:Account)
WHERE g.id IN [$group_id, $other_id] AND a.id <> b.id
WITH a, count(DISTINCT CASE WHEN g.id = $group_id THEN r.id END) AS first,
  count(DISTINCT CASE WHEN g.id = $other_id THEN r.id END) AS second
WHERE first > 0 AND second > 0
RETURN 'retweets' AS way, a.id AS account, a.handle AS handle, first, second
ORDER BY account LIMIT $limit;
