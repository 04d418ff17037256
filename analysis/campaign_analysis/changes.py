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
    before = _pelt(np.ascontiguousarray(counts, dtype=np.float64), penalty, shortest)
    found, at = [], len(counts)
    while at > 0:
        at = int(before[at])
        if at > 0:
            found.append(at)
    return found[::-1]


@nb.njit(cache=True, nogil=True)
def _cost(total: float, days: int) -> float:
    return total - total * np.log(total / days) if total > 0 else 0.0


@nb.njit(cache=True, nogil=True)
def _pelt(counts: Floats, penalty: float, shortest: int) -> Ints:
    """For each end the last beginning of a level in the cheapest cut."""
    n = len(counts)
    sums = np.zeros(n + 1)
    for i in range(n):
        sums[i + 1] = sums[i] + counts[i]
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    before = np.zeros(n + 1, dtype=np.int64)
    alive = np.ones(n + 1, dtype=np.bool_)
    for end in range(shortest, n + 1):
        for begin in range(0, end - shortest + 1):
            if not alive[begin] or best[begin] == np.inf:
                continue
            whole = best[begin] + _cost(sums[end] - sums[begin], end - begin) + penalty
            if whole < best[end]:
                best[end], before[end] = whole, begin
        for begin in range(0, end - shortest + 1):
            if alive[begin] and best[begin] + _cost(sums[end] - sums[begin], end - begin) > best[end]:
                alive[begin] = False
    return before


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
