// A run
// answers: What was this run asked, on what, and what did it find?
// parameter run: string -- id of the run
// column id: string -- Hash of inputs, parameters and version: the same question gives the same run.
// column version: string -- Version of campaign.
// column parameters: string -- JSON object of the parameters.
// column inputs: string -- JSON object: data range and counts of the events that were read.
// column result: string -- JSON object: the whole result as `detect --format json` prints it.
// column finished_at: time -- When the run ended; never part of a report.
// for: program
// portable: yes
MATCH (r:Run {id: $run})
RETURN r.id AS id, r.version AS version, r.parameters AS parameters, r.inputs AS inputs, r.result AS result, r.finished_at AS finished_at;
