// Likers and retweeters for the signals
// answers: To whom do most of these accounts react whose lists of likers or retweeters are loaded, and who is in them?
// parameter accounts: strings -- ids of the accounts
// column author: string -- id of the author of the post
// column post: string -- id of the post
// column account: string -- id of the account that reacted
// column kind: string -- like or retweet
// column rank: integer -- place in the platform's list, 1 the newest
// for: program
// portable: no
UNWIND $accounts AS wanted
MATCH (m:Account {id: wanted})-[:LIKES|RETWEETED]->(q:Post)<-[:POSTED]-(a:Account)
WITH a, count(DISTINCT m) AS here
WHERE here >= 20
WITH a, here ORDER BY here DESC, a.id LIMIT 10
MATCH (a)-[:POSTED]->(p:Post)<-[r:LIKES|RETWEETED]-(b:Account)
RETURN a.id AS author, p.id AS post, b.id AS account,
  CASE type(r) WHEN 'LIKES' THEN 'like' ELSE 'retweet' END AS kind, r.rank AS rank
ORDER BY author, post, kind, rank, account;
