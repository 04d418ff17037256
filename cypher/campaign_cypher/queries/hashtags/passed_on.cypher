// Whose posts are passed on under hashtags
// answers: Which retweets carry the hashtags, and whose posts do they pass on?
// parameter tags: strings -- hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column post: string -- id of the retweet
// column author: string -- id of the author of the original
// column handle: string -- the author's handle
// for: program
// portable: yes
MATCH (h:Hashtag)<-[:TAGGED]-(p:Post)-[:RETWEETS]->(o:Post)<-[:POSTED]-(a:Account)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN DISTINCT p.id AS post, a.id AS author, a.handle AS handle
ORDER BY post, author;
