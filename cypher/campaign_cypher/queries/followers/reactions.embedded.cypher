// t Who reacts to the posts of an account: the embedded store wants to be told the type of a null
MATCH (a:Account)-[:POSTED]->(p:Post)<-[:RETWEETS]-(q:Post)<-[:POSTED]-(b:Account)
WHERE a.id = $account
RETURN p.id AS post, b.id AS account, 'retweet' AS kind, q.created_at AS at, CAST(NULL AS INT64) AS rank
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)<-[r:RETWEETED]-(b:Account)
WHERE a.id = $account
RETURN p.id AS post, b.id AS account, 'retweeted' AS kind, CAST(NULL AS TIMESTAMP) AS at, r.rank AS rank
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)<-[r:LIKES]-(b:Account)
WHERE a.id = $account
RETURN p.id AS post, b.id AS account, 'like' AS kind, CAST(NULL AS TIMESTAMP) AS at, r.rank AS rank;
