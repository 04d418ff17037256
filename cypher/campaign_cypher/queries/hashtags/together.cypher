// Hashtags beside a hashtag
// answers: Which other hashtags stand in the same posts as this one?
// parameter tag: string -- the hashtag, casefolded, without #
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column other: string -- the other hashtag
// column display: string -- as first seen
// column posts: integer -- posts with both
// column accounts: integer -- their authors
// portable: yes
MATCH (h:Hashtag)<-[:TAGGED]-(p:Post)-[:TAGGED]->(o:Hashtag)
WHERE h.tag = $tag AND o.tag <> $tag
  AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
MATCH (a:Account)-[:POSTED]->(p)
RETURN o.tag AS other, o.display AS display, count(p) AS posts, count(DISTINCT a.id) AS accounts
ORDER BY posts DESC, other LIMIT $limit;
