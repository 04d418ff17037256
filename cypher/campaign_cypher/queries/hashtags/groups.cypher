// Groups that pushed a hashtag
// answers: Which groups, of all runs, pushed this hashtag, and which part of its posts is theirs?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter limit: integer = 100 -- at most so many rows
// column group: string -- id of the group
// column run: string -- id of its run
// column claim: string -- campaign or gathering
// column size: integer -- members of the group
// column posts: integer -- posts of members with the hashtag
// column share: float -- part of all its posts in the run's range
// portable: yes
MATCH (g:`Group`)-[pushed:PUSHED]->(h:Hashtag)
WHERE h.tag = $tag
RETURN g.id AS `group`, g.run AS run, g.claim AS claim, g.size AS size, pushed.posts AS posts, pushed.share AS share
ORDER BY posts DESC, `group` LIMIT $limit;
