// Times of posts for the signals: the embedded store's text; it is fast by rows, and compares a value faster than a property
UNWIND $accounts AS wanted
MATCH (a:Account {id: wanted})-[:POSTED]->(p:Post)
WITH wanted AS account, p.created_at AS time
WHERE time >= coalesce($since, time) AND time <= coalesce($until, time)
RETURN account, time;
