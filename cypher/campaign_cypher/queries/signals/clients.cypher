// Clients for the signals
// answers: With which applications did these accounts post, and how often?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the author
// column client: string -- the application
// column posts: integer -- its posts with it
// for: program
// portable: yes
UNWIND $accounts AS wanted
MATCH (a:Account {id: wanted})-[:POSTED]->(p:Post)
WHERE p.client IS NOT NULL
  AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN a.id AS account, p.client AS client, count(p) AS posts
ORDER BY account, client;
