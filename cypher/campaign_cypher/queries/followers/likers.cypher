// Who likes an account's posts
// answers: Which accounts like most of this account's posts, by the lists of likers that are loaded?
// parameter account: string -- id of the account
// parameter min_posts: integer = 1 -- posts that somebody likes, at least
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account that likes
// column handle: string -- its handle
// column posts: integer -- posts that it likes
// column made: time -- when it was made
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)<-[:LIKES]-(b:Account)
WHERE a.id = $account
WITH b, count(p) AS posts
WHERE posts >= $min_posts
RETURN b.id AS account, b.handle AS handle, posts, b.created_at AS made
ORDER BY posts DESC, account LIMIT $limit;
