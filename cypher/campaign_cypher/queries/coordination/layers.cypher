// Behaviours of a run
// answers: In which behaviours did this run find pairs, how many and how sure?
// parameter run: string -- id of the run
// column layer: string -- the behaviour: hashtag, retweet, text, …
// column claim: string -- together or in step
// column pairs: integer -- pairs found
// column episodes: integer -- their episodes
// column expected: float -- episodes that chance explains
// column smallest_p: float -- p of the surest pair
// portable: yes
MATCH (:Account)-[e:COORDINATED_WITH]->(:Account)
WHERE e.run = $run
RETURN e.layer AS layer, e.claim AS claim, count(e) AS pairs, sum(e.n) AS episodes, sum(e.expected) AS expected,
  min(e.p) AS smallest_p
ORDER BY pairs DESC, layer, claim;
