"""Leaps in daily counts: change-points by PELT with a Poisson cost, and the ratio of the levels on both sides.

The cost of a stretch of n days with sum S is S - S log(S / n) (Poisson log-likelihood, signs turned). Days of real
accounts vary more than Poisson's law lets them, so costs are divided by the account's own day-to-day dispersion, and
intervals are widened by its root. PELT: Killick, Fearnhead & Eckley 2012.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numba as nb
import numpy as np

from campaign_analysis.arrays import Floats, Ints

SHORTEST = 3  # days of a level
PENALTY = 3.0  # times log(n): each further level must be worth so much
LEAST_RATIO = 2.0  # the interval of the ratio must lie above it
Z = 1.959964


@dataclass(frozen=True)
class Leap:
    """A level that rose: the day (place in the counts) on which the new one begins, and the ratio with its interval."""

    day: int
    before: float
    after: float
    ratio: float
    low: float
    high: float


def dispersion(counts: Floats) -> float:
    """Variance over mean from day to day, at least 1: mean squared step over twice the mean, leaps left out.

    The largest tenth of the steps is left out, which are the leaps themselves.
    """
    if len(counts) < 3 or counts.sum() == 0:
        return 1.0
    steps = np.sort(np.diff(counts) ** 2)
    kept = steps[: max(1, int(0.9 * len(steps)))]
    return max(1.0, float(kept.mean()) / (2 * float(counts.mean())))


def change_points(counts: Floats, penalty: float, shortest: int = SHORTEST) -> list[int]:
    """Where levels begin, but the first: positions that make the sum of costs and of a penalty each the smallest."""
    if len(counts) < 2 * shortest:
        return []
    places = _places(counts, shortest)
    sums = np.concatenate([[0.0], np.cumsum(counts, dtype=np.float64)])
    before = _pelt(sums[places], places, penalty, shortest)
    found, at = [], len(places) - 1
    while at > 0:
        at = int(before[at])
        if at > 0:
            found.append(int(places[at]))
    return found[::-1]


def _places(counts: Floats, shortest: int) -> Ints:
    """Where a level of the cheapest cut can begin or end: near days that are not zero, so that years of few posts cost
    what their posts do.

    Along a run of zeros the cost of both sides is concave in the place between them: the cheapest is the run's first
    or last, or one that lies `shortest` from another such place. Two levels of nothing but zeros are never worth it.
    """
    n, reach = len(counts), 2 * shortest
    filled = np.concatenate([[0], np.cumsum(counts != 0)])
    at = np.arange(n + 1)
    near = filled[np.minimum(at + reach, n)] > filled[np.maximum(at - reach, 0)]
    near[[0, n]] = True
    return np.flatnonzero(near)


@nb.njit(cache=True, nogil=True)
def _cost(total: float, days: int) -> float:
    return total - total * np.log(total / days) if total > 0 else 0.0


@nb.njit(cache=True, nogil=True)
def _pelt(sums: Floats, places: Ints, penalty: float, shortest: int) -> Ints:
    """For each place (an end) the index of the last beginning of a level in the cheapest cut.

    `sums`: of the counts before each place. A beginning that costs more at an end than all levels up to there can win
    no more from `shortest` days after it, and is dropped then: until then no level that begins there could be in its
    stead.
    """
    n = len(places)
    best, costs = np.full(n, np.inf), np.empty(n)
    best[0] = -penalty
    before = np.zeros(n, dtype=np.int64)
    alive = np.empty(n, dtype=np.int64)  # the first `kept` are beginnings that can win
    lost = np.full(n, places[-1])  # where a beginning first cost more
    kept = added = 0
    for end in range(1, n):
        here = places[end]
        kept = _drop(alive, kept, lost, here - shortest)
        while places[added] <= here - shortest:
            alive[kept] = added
            kept, added = kept + 1, added + 1
        for i in range(kept):
            begin = alive[i]
            costs[i] = best[begin] + _cost(sums[end] - sums[begin], here - places[begin])
            if costs[i] + penalty < best[end]:
                best[end], before[end] = costs[i] + penalty, begin
        for i in range(kept):
            if costs[i] > best[end]:
                lost[alive[i]] = min(lost[alive[i]], here)
    return before


@nb.njit(cache=True, nogil=True)
def _drop(alive: Ints, kept: int, lost: Ints, until: int) -> int:
    """Leave out, in place, those of the first `kept` that lost at `until` or before; how many are left."""
    still = 0
    for i in range(kept):
        if lost[alive[i]] > until:
            alive[still] = alive[i]
            still += 1
    return still


def leaps(counts: Floats) -> list[Leap]:
    """Rises of a level of daily counts whose ratio is surely above `LEAST_RATIO`, in order of days."""
    spread = dispersion(counts)
    cuts = [0, *change_points(counts, PENALTY * spread * log(max(len(counts), 2))), len(counts)]
    found = []
    for begin, middle, end in zip(cuts, cuts[1:], cuts[2:], strict=False):
        first, second = counts[begin:middle], counts[middle:end]
        a, b = float(first.sum()) + 0.5, float(second.sum()) + 0.5
        before, after = a / len(first), b / len(second)
        reach = Z * sqrt(spread * (1 / a + 1 / b))
        ratio = after / before
        low = exp(log(ratio) - reach)
        if low > LEAST_RATIO:
            found.append(Leap(middle, before, after, ratio, low, exp(log(ratio) + reach)))
    return found
