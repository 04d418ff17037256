// t Clock of the posts: the embedded store's text; it takes times apart in words of its own
MATCH (p:Post)
WHERE p.created_at IS NOT NULL
RETURN date_part('second', p.created_at) AS second, count(p) AS posts
ORDER BY second;
