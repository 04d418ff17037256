// Who passed on a post
// answers: Who retweeted, quoted or answered this post, in the order of time?
// parameter post_id: string -- id of the post
// parameter limit: integer = 500 -- at most so many rows
// column post: string -- id of the post that refers to it
// column account: string -- id of the account
// column handle: string -- its handle
// column created_at: time -- when it was posted
// column kind: string -- retweet, quote or reply
// column text: string -- its text
// portable: yes
MATCH (o:Post)<-[:RETWEETS|QUOTES|REPLIES_TO]-(p:Post)<-[:POSTED]-(a:Account)
WHERE o.id = $post_id
RETURN DISTINCT p.id AS post, a.id AS account, a.handle AS handle, p.created_at AS created_at, p.kind AS kind, p.text AS text
ORDER BY created_at, post LIMIT $limit;
