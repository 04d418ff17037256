// Two campaigns compared
// answers: How much do these two campaigns share of members, core, hashtags, targets, sites and retweeted posts?
// parameter group_id: string -- id of one group
// parameter other_id: string -- id of the other
// column what: string -- members, core members, hashtags pushed, targets, sites linked, posts retweeted
// column first: integer -- of the one
// column second: integer -- of the other
// column both: integer -- of both
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(x:Account)
WHERE g.id IN [$group_id, $other_id]
WITH x.id AS x, max(CASE WHEN g.id = $group_id THEN 1 ELSE 0 END) AS a,
  max(CASE WHEN g.id = $other_id THEN 1 ELSE 0 END) AS b
WITH sum(a) AS first, sum(b) AS second, sum(a * b) AS both
RETURN 'members' AS what, coalesce(first, 0) AS first, coalesce(second, 0) AS second, coalesce(both, 0) AS both
UNION ALL
MATCH (g:`Group`)<-[m:MEMBER_OF]-(x:Account)
WHERE g.id IN [$group_id, $other_id] AND m.role = 'core'
WITH x.id AS x, max(CASE WHEN g.id = $group_id THEN 1 ELSE 0 END) AS a,
  max(CASE WHEN g.id = $other_id THEN 1 ELSE 0 END) AS b
WITH sum(a) AS first, sum(b) AS second, sum(a * b) AS both
RETURN 'core members' AS what, coalesce(first, 0) AS first, coalesce(second, 0) AS second, coalesce(both, 0) AS both
UNION ALL
MATCH (g:`Group`)-[:PUSHED]->(x:Hashtag)
WHERE g.id IN [$group_id, $other_id]
WITH x.tag AS x, max(CASE WHEN g.id = $group_id THEN 1 ELSE 0 END) AS a,
  max(CASE WHEN g.id = $other_id THEN 1 ELSE 0 END) AS b
WITH sum(a) AS first, sum(b) AS second, sum(a * b) AS both
RETURN 'hashtags pushed' AS what, coalesce(first, 0) AS first, coalesce(second, 0) AS second, coalesce(both, 0) AS both
UNION ALL
MATCH (g:`Group`)-[:TARGETED]->(x:Account)
WHERE g.id IN [$group_id, $other_id]
WITH x.id AS x, max(CASE WHEN g.id = $group_id THEN 1 ELSE 0 END) AS a,
  max(CASE WHEN g.id = $other_id THEN 1 ELSE 0 END) AS b
WITH sum(a) AS first, sum(b) AS second, sum(a * b) AS both
RETURN 'targets' AS what, coalesce(first, 0) AS first, coalesce(second, 0) AS second, coalesce(both, 0) AS both
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(:Account)-[:POSTED]->(:Post)-[:LINKS_TO]->(x:Url)
WHERE g.id IN [$group_id, $other_id] AND x.domain IS NOT NULL
WITH x.domain AS x, max(CASE WHEN g.id = $group_id THEN 1 ELSE 0 END) AS a,
  max(CASE WHEN g.id = $other_id THEN 1 ELSE 0 END) AS b
WITH sum(a) AS first, sum(b) AS second, sum(a * b) AS both
RETURN 'sites linked' AS what, coalesce(first, 0) AS first, coalesce(second, 0) AS second, coalesce(both, 0) AS both
UNION ALL
MATCH (g:`Group`)<-[:MEMBER_OF]-(:Account)-[:POSTED]->(:Post)-[:RETWEETS]->(x:Post)
WHERE g.id IN [$group_id, $other_id]
WITH x.id AS x, max(CASE WHEN g.id = $group_id THEN 1 ELSE 0 END) AS a,
  max(CASE WHEN g.id = $other_id THEN 1 ELSE 0 END) AS b
WITH sum(a) AS first, sum(b) AS second, sum(a * b) AS both
RETURN 'posts retweeted' AS what, coalesce(first, 0) AS first, coalesce(second, 0) AS second, coalesce(both, 0) AS both;
