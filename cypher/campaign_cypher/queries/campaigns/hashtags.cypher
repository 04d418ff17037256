// Hashtags of a campaign
// answers: Which hashtags did this group push, and which part of their posts is its own?
// parameter group_id: string -- id of the group
// parameter limit: integer = 100 -- at most so many rows
// column tag: string -- the hashtag
// column display: string -- as first seen
// column posts: integer -- members' posts with it
// column share: float -- part of all its posts in the run's range
// portable: yes
MATCH (g:`Group`)-[pushed:PUSHED]->(h:Hashtag)
WHERE g.id = $group_id
RETURN h.tag AS tag, h.display AS display, pushed.posts AS posts, pushed.share AS share
ORDER BY posts DESC, tag LIMIT $limit;
