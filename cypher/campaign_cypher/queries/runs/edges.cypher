// Edges of a run
// answers: Which pairs of accounts did this run find to act together?
// parameter run: string -- id of the run
// column a: string -- id of one account
// column b: string -- id of the other
// column layer: string -- The behaviour: hashtag, retweet, text, …
// column claim: string -- together or in step.
// column window: integer -- Time window, seconds.
// column block: integer -- Block, seconds.
// column n: integer -- Episodes of the pair.
// column expected: float -- Episodes that chance explains.
// column p: float -- P(Poisson(expected) >= n), corrected for the scales tried.
// column q: float -- Benjamini-Hochberg over all pairs that could have been tested.
// portable: yes
MATCH (x:Account)-[e:COORDINATED_WITH]->(y:Account)
WHERE e.run = $run
RETURN x.id AS a, y.id AS b, e.layer AS layer, e.claim AS claim, e.window AS window, e.block AS block, e.n AS n, e.expected AS expected, e.p AS p, e.q AS q
ORDER BY layer, claim, p, a, b;
