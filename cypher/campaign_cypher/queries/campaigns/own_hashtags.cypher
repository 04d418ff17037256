// Hashtags of one group only
// answers: Which hashtags does only this group use?
// parameter group_id: string -- id of the group
// parameter min_posts: integer = 2 -- members' posts with the hashtag, at least
// parameter outside: integer = 0 -- posts of others with it, at most
// parameter limit: integer = 100 -- at most so many rows
// column tag: string -- the hashtag
// column display: string -- as first seen
// column posts: integer -- members' posts with it
// column members: integer -- members that used it
// column others: integer -- posts of others with it
// slow: up to 3 s on 1 M posts in Neo4j for 500 members
// portable: yes
MATCH (g:`Group`)<-[:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(h:Hashtag)
WHERE g.id = $group_id
WITH h, count(p) AS posts, count(DISTINCT a.id) AS members
WHERE posts >= $min_posts
MATCH (h)<-[:TAGGED]-(q:Post)<-[:POSTED]-(:Account)
WITH h, posts, members, count(q) - posts AS others
WHERE others <= $outside
RETURN h.tag AS tag, h.display AS display, posts, members, others
ORDER BY posts DESC, tag LIMIT $limit;
