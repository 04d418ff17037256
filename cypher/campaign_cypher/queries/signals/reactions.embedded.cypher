// Likers and retweeters for the signals: the embedded store's word for a relationship's type, and its quick way
// from few authors to their posts before it looks for reactions
UNWIND $accounts AS wanted
MATCH (m:Account {id: wanted})-[:LIKES|RETWEETED]->(q:Post)<-[:POSTED]-(a:Account)
WITH a, count(DISTINCT m) AS here
WHERE here >= 20
WITH a, here ORDER BY here DESC, a.id LIMIT 10
MATCH (a)-[:POSTED]->(p:Post)
WITH a, p
MATCH (p)<-[r:LIKES|RETWEETED]-(b:Account)
RETURN a.id AS author, p.id AS post, b.id AS account,
  CASE label(r) WHEN 'LIKES' THEN 'like' ELSE 'retweet' END AS kind, r.rank AS rank
ORDER BY author, post, kind, rank, account;
