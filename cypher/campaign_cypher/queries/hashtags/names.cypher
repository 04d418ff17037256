// Names of hashtags
// answers: Which hashtags begin so?
// parameter prefix: string = "" -- how the tag begins, casefolded
// parameter limit: integer = 100 -- at most so many rows
// column tag: string -- the hashtag
// column display: string -- as first seen
// portable: yes
MATCH (h:Hashtag)
WHERE h.tag STARTS WITH $prefix
RETURN h.tag AS tag, h.display AS display
ORDER BY tag LIMIT $limit;
