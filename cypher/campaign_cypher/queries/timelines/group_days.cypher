// A group by day
// answers: How many posts did the members of this group make each day (UTC)?
// parameter group_id: string -- id of the group
// parameter limit: integer = 1000 -- at most so many rows
// column day: time -- the day
// column posts: integer -- members' posts
// column members: integer -- members that posted
// column retweets: integer -- those of the posts that are retweets
// portable: no
MATCH (:Group {id: $group_id})<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at IS NOT NULL
RETURN datetime.truncate('day', p.created_at) AS day, count(p) AS posts, count(DISTINCT a.id) AS members,
  sum(CASE WHEN p.kind = 'retweet' THEN 1 ELSE 0 END) AS retweets
ORDER BY day LIMIT $limit;
