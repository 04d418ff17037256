// Clock of the posts
// answers: How fine is the clock: how many posts fall on each second of the minute?
// column second: integer -- second of the minute, 0 to 59
// column posts: integer -- posts in it; all in 0 means that the source rounds to minutes
// portable: no
MATCH (p:Post)
WHERE p.created_at IS NOT NULL
RETURN p.created_at.second AS second, count(p) AS posts
ORDER BY second;
