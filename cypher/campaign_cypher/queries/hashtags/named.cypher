// Whom posts with hashtags name
// answers: Which posts with the hashtags name which accounts?
// parameter tags: strings -- hashtags, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column post: string -- id of the post
// column target: string -- id of the account that it names
// column handle: string -- handle of the account that it names
// for: program
// portable: yes
MATCH (h:Hashtag)<-[:TAGGED]-(p:Post)-[:MENTIONS]->(t:Account)
WHERE h.tag IN $tags AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN DISTINCT p.id AS post, t.id AS target, t.handle AS handle
ORDER BY post, target;
