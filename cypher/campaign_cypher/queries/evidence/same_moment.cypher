// Moments of a pair
// answers: When did these two accounts use the same hashtag within seconds of each other, and with which posts?
// parameter a: string -- id of one account
// parameter b: string -- id of the other
// parameter seconds: integer = 60 -- at most so many seconds apart
// parameter limit: integer = 500 -- at most so many rows
// column tag: string -- the hashtag
// column a_at: time -- the one's post
// column b_at: time -- the other's post
// column a_post: string -- id of the one's post
// column b_post: string -- id of the other's post
// portable: no
MATCH (:Account {id: $a})-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)<-[:TAGGED]-(q:Post)<-[:POSTED]-(:Account {id: $b})
WHERE p <> q AND q.created_at >= p.created_at - duration({seconds: $seconds})
  AND q.created_at <= p.created_at + duration({seconds: $seconds})
RETURN h.tag AS tag, p.created_at AS a_at, q.created_at AS b_at, p.id AS a_post, q.id AS b_post
ORDER BY a_at, b_at, tag, a_post, b_post LIMIT $limit;
