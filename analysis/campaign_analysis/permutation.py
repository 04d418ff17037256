"""Whether a group's accounts have larger scores than others: an exact test that draws groups by chance.

Given all scores, and within strata of accounts that are alike (as busy), who is in the group is chance. The statistic
is the sum of the group's ranks within strata, each stratum's mean taken off (van Elteren 1960); p = (1 + draws that
reach it) / (1 + draws), which keeps P(p <= a) <= a (Phipson & Smyth 2010).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from campaign_analysis.arrays import Floats, Ints

DRAWS = 4_999
SEED = 1
AT_ONCE = 4_000_000  # numbers drawn at once
STRATA = 5  # at most,
STRATUM = 40  # of so many accounts, for a stratum without others tells nothing
Bools = NDArray[np.bool_]


def strata_of(activity: Floats) -> Ints:
    """Accounts parted by activity into up to `STRATA` strata of about equal size; equal ones stay together."""
    count = max(1, min(STRATA, len(activity) // STRATUM))
    place = rankdata(activity, method="min") - 1
    return np.asarray(place * count // max(1, len(activity)), dtype=np.int64)


def alike(values: Floats, mine: Bools, fewest: int, most: int) -> Ints:
    """Strata of about equal values, up to `most`, each with `fewest` others or more.

    The others' values part them, so that a group whose accounts are much alike has somebody to be held against. What is
    tested is then whether scores depend on being in the group among accounts of such values; the group's values may be
    any.
    """
    others = np.sort(values[~mine])
    count = max(1, min(most, len(others) // fewest))
    edges = others[np.arange(1, count) * len(others) // count]
    return np.searchsorted(edges, values, side="right").astype(np.int64)


def score_test(scores: Floats, mine: Bools, strata: Ints | None = None, ranks: bool = True) -> float:
    """p that the group's (`mine`) scores are as large as they are by chance; 1 where nothing could be told.

    `ranks=False` takes the scores as they are (log-rank scores are sums already).
    """
    parts = np.zeros(len(scores), dtype=np.int64) if strata is None else strata
    centred = np.zeros(len(scores))
    for part in np.unique(parts):
        inside = parts == part
        value = rankdata(scores[inside]) if ranks else scores[inside]
        centred[inside] = (value - value.mean()) / (len(value) + 1 if ranks else 1)
    if not mine.any() or mine.all() or np.ptp(centred) < 1e-12:
        return 1.0
    rng = np.random.default_rng(SEED)
    reached, seen = 0, float(centred[mine].sum())
    totals = np.zeros(DRAWS)
    for part in np.unique(parts):
        inside = parts == part
        totals += _sums(rng, centred[inside], int(mine[inside].sum()))
    reached = int((totals >= seen - 1e-9).sum())
    return (1 + reached) / (1 + DRAWS)


def _sums(rng: np.random.Generator, values: Floats, count: int) -> Floats:
    """Sums of `count` of the values, drawn without putting back, `DRAWS` times."""
    if not count or count == len(values):
        return np.full(DRAWS, values.sum() if count else 0.0)
    fewer = min(count, len(values) - count)  # the rest's sum tells the group's
    step = max(1, AT_ONCE // len(values))
    sums = np.empty(DRAWS)
    for begin in range(0, DRAWS, step):
        end = min(DRAWS, begin + step)
        keys = rng.random((end - begin, len(values)), dtype=np.float32)
        chosen = np.argpartition(keys, fewer - 1, axis=1)[:, :fewer]
        sums[begin:end] = values[chosen].sum(axis=1)
    return sums if fewer == count else values.sum() - sums
