// Partners of an account
// answers: With whom does this account act together, in which behaviours?
// parameter account: string -- id of the account
// parameter run: string = null -- one run only, all where null
// parameter limit: integer = 200 -- at most so many rows
// column partner: string -- id of the other account
// column handle: string -- its handle
// column run: string -- id of the run that found it
// column layer: string -- the behaviour: hashtag, retweet, text, …
// column claim: string -- together or in step
// column n: integer -- episodes of the pair
// column expected: float -- episodes that chance explains
// column p: float -- how likely chance alone gives as many
// portable: yes
MATCH (a:Account)-[e:COORDINATED_WITH]-(b:Account)
WHERE a.id = $account AND e.run = coalesce($run, e.run)
RETURN b.id AS partner, b.handle AS handle, e.run AS run, e.layer AS layer, e.claim AS claim, e.n AS n,
  e.expected AS expected, e.p AS p
ORDER BY p, partner, run, layer, claim LIMIT $limit;
