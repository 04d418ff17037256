// Quick retweets of a group
// answers: Which members of this group retweeted within seconds of the original?
// parameter group_id: string -- id of the group
// parameter seconds: integer = 30 -- at most so many seconds after the original
// parameter limit: integer = 500 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column post: string -- id of the retweet
// column created_at: time -- when it was posted
// column original: string -- id of the post that it passes on
// column original_at: time -- when that was posted
// column author: string -- id of the original's author
// portable: no
MATCH (g:Group {id: $group_id})<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(o:Post)<-[:POSTED]-(b:Account)
WHERE p.created_at >= o.created_at AND p.created_at <= o.created_at + duration({seconds: $seconds})
RETURN a.id AS account, a.handle AS handle, p.id AS post, p.created_at AS created_at, o.id AS original,
  o.created_at AS original_at, b.id AS author
ORDER BY created_at, post LIMIT $limit;
