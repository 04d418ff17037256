// Links that accounts share
// answers: To which addresses do several of these accounts link?
// parameter accounts: strings -- ids of the accounts
// parameter min_accounts: integer = 2 -- accounts that link to the same address, at least
// parameter limit: integer = 100 -- at most so many rows
// column url: string -- the address
// column accounts: integer -- how many of these accounts link to it
// column posts: integer -- their posts that do
// column first: time -- first of them
// column last: time -- last of them
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(u:Url)
WHERE a.id IN $accounts
WITH u.url AS url, count(DISTINCT a.id) AS accounts, count(p) AS posts, min(p.created_at) AS first, max(p.created_at) AS last
WHERE accounts >= $min_accounts
RETURN url, accounts, posts, first, last
ORDER BY accounts DESC, posts DESC, url LIMIT $limit;
