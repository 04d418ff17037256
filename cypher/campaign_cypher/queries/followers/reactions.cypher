// Who reacts to an account's posts
// answers: Who retweeted or liked each post of this account, when, or in which place of a list?
// parameter account: string -- id of the account
// column post: string -- id of the post
// column account: string -- id of the account that reacted
// column kind: string -- retweet (a post of its own, with a time), retweeted (from a list) or like
// column at: time -- when, where it is known
// column rank: integer -- place in the platform's list, 1 the newest
// for: program
// portable: no
MATCH (a:Account)-[:POSTED]->(p:Post)<-[:RETWEETS]-(q:Post)<-[:POSTED]-(b:Account)
WHERE a.id = $account
RETURN p.id AS post, b.id AS account, 'retweet' AS kind, q.created_at AS at, null AS rank
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)<-[r:RETWEETED]-(b:Account)
WHERE a.id = $account
RETURN p.id AS post, b.id AS account, 'retweeted' AS kind, null AS at, r.rank AS rank
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)<-[r:LIKES]-(b:Account)
WHERE a.id = $account
RETURN p.id AS post, b.id AS account, 'like' AS kind, null AS at, r.rank AS rank;
