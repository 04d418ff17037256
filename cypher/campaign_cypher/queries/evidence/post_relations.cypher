// What posts are related to
// answers: What do the posts of these accounts carry, name, pass on, answer and link to?
// parameter accounts: strings -- ids of the accounts
// column post: string -- id of the post
// column relation: string -- hashtags, mentions, urls, images, retweets, quotes or replies_to
// column target: string -- key of what it is related to: a tag, an account, an address, a hash, a post
// for: program
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:TAGGED]->(t:Hashtag) WHERE a.id IN $accounts
RETURN p.id AS post, 'hashtags' AS relation, t.tag AS target
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:MENTIONS]->(t:Account) WHERE a.id IN $accounts
RETURN p.id AS post, 'mentions' AS relation, t.id AS target
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(t:Url) WHERE a.id IN $accounts
RETURN p.id AS post, 'urls' AS relation, t.url AS target
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:SHOWS]->(t:Image) WHERE a.id IN $accounts
RETURN p.id AS post, 'images' AS relation, t.hash AS target
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:RETWEETS]->(t:Post) WHERE a.id IN $accounts
RETURN p.id AS post, 'retweets' AS relation, t.id AS target
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:QUOTES]->(t:Post) WHERE a.id IN $accounts
RETURN p.id AS post, 'quotes' AS relation, t.id AS target
UNION ALL
MATCH (a:Account)-[:POSTED]->(p:Post)-[:REPLIES_TO]->(t:Post) WHERE a.id IN $accounts
RETURN p.id AS post, 'replies_to' AS relation, t.id AS target;
