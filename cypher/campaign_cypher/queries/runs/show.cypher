// One run
// answers: What did the run find?
// parameter run: string -- id of the run
// column run: string -- its id
// column result: string -- its whole result, JSON
// portable: yes
MATCH (r:Run)
WHERE r.id = $run
RETURN r.id AS run, r.result AS result;
