// Most linked sites
// answers: To which sites do most posts link?
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 25 -- at most so many rows
// column domain: string -- the site: host without www
// column posts: integer -- posts that link to it, retweets too
// column accounts: integer -- their authors
// column addresses: integer -- different addresses of the site among them
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)-[:LINKS_TO]->(u:Url)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND u.domain IS NOT NULL
RETURN u.domain AS domain, count(DISTINCT p.id) AS posts, count(DISTINCT a.id) AS accounts,
  count(DISTINCT u.url) AS addresses
ORDER BY posts DESC, domain LIMIT $limit;
