// Times of posts for the signals
// answers: When did these accounts post?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column account: string -- id of the author
// column time: integer -- moment of the post, milliseconds since 1970 (UTC)
// for: program
// portable: no
// lists: time -- one record an account: records cost more than what is in them
UNWIND $accounts AS wanted
MATCH (a:Account {id: wanted})-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
RETURN a.id AS account, collect(p.created_at.epochMillis) AS time;
