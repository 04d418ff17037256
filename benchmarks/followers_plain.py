"""The plain way, for comparison: pandas loops over runs and windows of one list, and over pairs of customers.

python followers_plain.py audit FILE.parquet | sellers FILE.parquet     prints seconds
"""

from __future__ import annotations

import itertools
import sys
import time

import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore]
from scipy.stats import hypergeom

RUNS, WINDOWS = (100, 300, 1_000), (7, 30)


def audit(file: str) -> int:
    """Runs of followers and windows of creation dates against both sides, one after the other."""
    frame = pd.read_parquet(file).sort_values("rank", ascending=False)
    day = (frame["created_at"] - frame["created_at"].min()).dt.days.reset_index(drop=True)
    found = 0
    for run, window in itertools.product(RUNS, WINDOWS):
        for first in range(0, len(day) - run + 1, run // 2):
            own = day.iloc[first : first + run]
            sides = day.iloc[max(0, first - 2 * run) : first], day.iloc[first + run : first + 3 * run]
            counts = (own // window).value_counts()
            for bin_, k in counts[counts >= run // 10].items():
                p = 0.0
                for side in sides:
                    m = int((side // window == bin_).sum())
                    p = max(p, hypergeom.sf(k - 1, run + len(side), k + m, run))
                found += p < 1e-8
    return found


def sellers(file: str) -> int:
    """All pairs of customers by their sets of followers."""
    frame = pd.read_parquet(file)
    lists = {account: set(rows) for account, rows in frame.groupby("account")["follower"]}
    whole = frame["follower"].nunique()
    found = 0
    for a, b in itertools.combinations(lists.values(), 2):
        shared = len(a & b)
        found += hypergeom.sf(shared - 1, whole, len(a), len(b)) < 1e-8
    return found


if __name__ == "__main__":
    start = time.perf_counter()
    {"audit": audit, "sellers": sellers}[sys.argv[1]](sys.argv[2])
    print(time.perf_counter() - start)
