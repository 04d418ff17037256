// Strongest pairs
// answers: Which pairs of accounts act together most surely, by this run?
// parameter run: string -- id of the run
// parameter layer: string = null -- one behaviour only, all where null
// parameter limit: integer = 100 -- at most so many rows
// column a: string -- id of one account
// column a_handle: string -- its handle
// column b: string -- id of the other
// column b_handle: string -- its handle
// column layer: string -- the behaviour: hashtag, retweet, text, …
// column claim: string -- together or in step
// column n: integer -- episodes of the pair
// column expected: float -- episodes that chance explains
// column p: float -- how likely chance alone gives as many
// portable: yes
MATCH (x:Account)-[e:COORDINATED_WITH]->(y:Account)
WHERE e.run = $run AND e.layer = coalesce($layer, e.layer)
RETURN x.id AS a, x.handle AS a_handle, y.id AS b, y.handle AS b_handle, e.layer AS layer, e.claim AS claim, e.n AS n,
  e.expected AS expected, e.p AS p
ORDER BY p, a, b, layer, claim LIMIT $limit;
