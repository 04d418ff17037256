"""Pairs of rows within 60 s by a self-join in DuckDB, as the table of speed runs it: in an environment that has DuckDB.

python benchmarks/duckdb_join.py FILE prints the pairs. The join is on the minute and its neighbours, which is the
fastest of those tried: a join on the object and a range of times takes far longer.
"""

from __future__ import annotations

import sys

import duckdb  # type: ignore[import-not-found,unused-ignore]

QUERY = """
WITH rows AS (
  SELECT DISTINCT user_id AS account, repost_id AS object, timestamp AS time, timestamp // 60 AS minute
  FROM read_csv(?, header = true)
), near AS (
  SELECT account, object, time, unnest([minute - 1, minute, minute + 1]) AS minute FROM rows
)
SELECT count(*) FROM rows JOIN near USING (object, minute)
WHERE rows.account < near.account AND abs(rows.time - near.time) <= 60
"""

if __name__ == "__main__":
    print(duckdb.connect().execute(QUERY, [sys.argv[1]]).fetchone()[0])
