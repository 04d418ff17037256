// What the data lack
// answers: How many posts and accounts that were collected lack an author, a time, a text, a date of making?
// column label: string -- Account or Post
// column lacks: string -- what is not there
// column missing: integer -- collected ones without it
// column nodes: integer -- all that were collected
// slow: up to 5 s on 1 M posts in Neo4j
// portable: yes
MATCH (p:Post) WHERE NOT coalesce(p.placeholder, false)
WITH count(p) AS nodes, sum(CASE WHEN p.created_at IS NULL THEN 1 ELSE 0 END) AS missing
RETURN 'Post' AS label, 'time' AS lacks, coalesce(missing, 0) AS missing, nodes
UNION ALL
MATCH (p:Post) WHERE NOT coalesce(p.placeholder, false)
WITH count(p) AS nodes, sum(CASE WHEN p.text IS NULL OR p.text = '' THEN 1 ELSE 0 END) AS missing
RETURN 'Post' AS label, 'text' AS lacks, coalesce(missing, 0) AS missing, nodes
UNION ALL
MATCH (p:Post) WHERE NOT coalesce(p.placeholder, false)
WITH count(p) AS nodes, sum(CASE WHEN EXISTS { MATCH (:Account)-[:POSTED]->(p) } THEN 0 ELSE 1 END) AS missing
RETURN 'Post' AS label, 'author' AS lacks, coalesce(missing, 0) AS missing, nodes
UNION ALL
MATCH (p:Post) WHERE NOT coalesce(p.placeholder, false)
WITH count(p) AS nodes, sum(CASE WHEN p.client IS NULL THEN 1 ELSE 0 END) AS missing
RETURN 'Post' AS label, 'client' AS lacks, coalesce(missing, 0) AS missing, nodes
UNION ALL
MATCH (a:Account) WHERE NOT coalesce(a.placeholder, false)
WITH count(a) AS nodes, sum(CASE WHEN a.created_at IS NULL THEN 1 ELSE 0 END) AS missing
RETURN 'Account' AS label, 'time of making' AS lacks, coalesce(missing, 0) AS missing, nodes
UNION ALL
MATCH (a:Account) WHERE NOT coalesce(a.placeholder, false)
WITH count(a) AS nodes, sum(CASE WHEN a.followers IS NULL THEN 1 ELSE 0 END) AS missing
RETURN 'Account' AS label, 'followers' AS lacks, coalesce(missing, 0) AS missing, nodes
UNION ALL
MATCH (a:Account) WHERE NOT coalesce(a.placeholder, false)
WITH count(a) AS nodes, sum(CASE WHEN EXISTS { MATCH (a)-[:POSTED]->(:Post) } THEN 0 ELSE 1 END) AS missing
RETURN 'Account' AS label, 'posts' AS lacks, coalesce(missing, 0) AS missing, nodes;
