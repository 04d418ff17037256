// Who carried a hashtag
// answers: Whose posts with this hashtag were passed on, how often and by how many?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column posts: integer -- its posts with the hashtag that were retweeted
// column retweets: integer -- retweets of them in the range
// column accounts: integer -- accounts that retweeted them
// portable: yes
MATCH (h:Hashtag)<-[:TAGGED]-(o:Post)<-[:RETWEETS]-(r:Post)<-[:POSTED]-(b:Account)
WHERE h.tag = $tag AND r.created_at >= coalesce($since, r.created_at) AND r.created_at <= coalesce($until, r.created_at)
MATCH (a:Account)-[:POSTED]->(o)
RETURN a.id AS account, a.handle AS handle, count(DISTINCT o.id) AS posts, count(r) AS retweets,
  count(DISTINCT b.id) AS accounts
ORDER BY retweets DESC, account LIMIT $limit;
