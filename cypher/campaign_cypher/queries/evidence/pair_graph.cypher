// Picture of a pair
// answers: What do these two accounts have in common: hashtags, links, images, posts that both refer to, as nodes and relationships?
// parameter a: string -- id of one account
// parameter b: string -- id of the other
// parameter limit: integer = 200 -- at most so many rows
// column one: graph -- the one
// column posted: graph -- it posted
// column post: graph -- a post
// column to: graph -- to
// column common: graph -- what both use
// column from: graph -- from
// column other_post: graph -- a post
// column other_posted: graph -- it posted
// column other: graph -- the other
// picture of: evidence/pair_posts
// portable: no
MATCH (one:Account {id: $a})-[posted:POSTED]->(p:Post)-[to:TAGGED|LINKS_TO|SHOWS|RETWEETS|QUOTES|REPLIES_TO]->(common)
MATCH (common)<-[from:TAGGED|LINKS_TO|SHOWS|RETWEETS|QUOTES|REPLIES_TO]-(q:Post)<-[other_posted:POSTED]-(other:Account {id: $b})
RETURN one, posted, p AS post, to, common, from, q AS other_post, other_posted, other
ORDER BY abs(duration.inSeconds(p.created_at, q.created_at).seconds), p.id, q.id,
  coalesce(common.id, common.tag, common.url, common.hash) LIMIT $limit;
