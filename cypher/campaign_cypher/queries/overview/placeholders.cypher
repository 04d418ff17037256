// Placeholders
// answers: How many accounts and posts were only named, and never collected?
// column label: string -- Account or Post
// column placeholders: integer -- nodes that were only named
// column nodes: integer -- all nodes of the label
// portable: yes
MATCH (n:Account)
WITH count(n) AS nodes, sum(CASE WHEN n.placeholder THEN 1 ELSE 0 END) AS placeholders
RETURN 'Account' AS label, coalesce(placeholders, 0) AS placeholders, nodes
UNION ALL
MATCH (n:Post)
WITH count(n) AS nodes, sum(CASE WHEN n.placeholder THEN 1 ELSE 0 END) AS placeholders
RETURN 'Post' AS label, coalesce(placeholders, 0) AS placeholders, nodes;
