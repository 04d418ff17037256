"""Runs and windows that stand out -> lots: where they begin and end, how many followers they hold beyond the usual."""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from scipy import stats

from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.followers.scan import DAY, Cells
from campaign_analysis.significance import step_up

FDR = 0.01
SMALLEST = 1e-300
BESIDE = 1_000
"""Followers on either side of a lot, at least, that say what is usual there."""


@dataclass(frozen=True)
class Lot:
    """Followers [first, last) in the order of following, of whom `k` were made between two moments (seconds).

    `expected` are those that the neighbours on both sides explain; `excess` = k - expected lies between `low` and
    `high` in 95 of 100 lots. `p`: how often chance alone would show so much anywhere in a list such as this. `q`: the
    false discovery rate at which it is listed.
    """

    first: int
    last: int
    made_from: float
    made_until: float
    k: int
    expected: float
    low: float
    high: float
    p: float
    q: float

    @property
    def excess(self) -> float:
        return self.k - self.expected


def lots(cells: Cells, made: Floats) -> list[Lot]:
    """The lots of an audience in the order of following, the strongest cell of each deciding on its p.

    Cells are taken at a false discovery rate of 1 %, over all runs and windows (Benjamini & Hochberg 1995; runs
    overlap, so that their tests depend on each other positively), the strongest first. Each is drawn to where its
    followers begin and end; a cell of which a fifth is in a lot already makes no other.
    """
    if not len(cells.p):
        return []
    q = step_up(cells.p * cells.tests)
    found: list[Lot] = []
    taken = np.zeros(len(made), dtype=np.bool_)
    order = np.lexsort((cells.first, -cells.k, cells.p))
    for i in order:
        if q[i] > FDR:
            break
        box = (int(cells.first[i]), int(cells.last[i]), float(cells.made_from[i]), float(cells.made_until[i]))
        inside = _members(made, *box)
        if taken[inside].mean() > 0.2:
            continue
        lot = _drawn(made, taken, box, float(cells.p[i]) * cells.tests, float(q[i]))
        if lot is not None:
            found.append(lot)
            taken[_members(made, lot.first, lot.last, lot.made_from, lot.made_until)] = True
    return sorted(found, key=lambda lot: (lot.first, lot.made_from))


def members(made: Floats, lot: Lot) -> Ints:
    """Places, in the order of following, of a lot's followers, those that chance explains among them."""
    return _members(made, lot.first, lot.last, lot.made_from, lot.made_until)


def _members(made: Floats, first: int, last: int, made_from: float, made_until: float) -> Ints:
    part = made[first:last]
    return first + np.flatnonzero((part >= made_from) & (part < made_until))


def _drawn(made: Floats, taken: np.ndarray, box: tuple[int, int, float, float], p: float, q: float) -> Lot | None:
    """A lot with its bounds drawn to where its followers begin and end: dates, then order, twice."""
    first, last, made_from, made_until = box
    for _ in range(2):
        made_from, made_until = _dates(made, first, last, made_from, made_until)
        first, last = _order(made, taken, first, last, made_from, made_until)
    k = len(_members(made, first, last, made_from, made_until))
    m, beside = _neighbours(made, taken, first, last, made_from, made_until)
    size = last - first
    ratio = size / max(beside, 1)
    low, _ = interval(k)
    _, high = interval(k)
    fewest, most = interval(m)
    excess_low = max(low - most * ratio, 0.0)
    if k <= m * ratio:
        return None
    return Lot(first, last, made_from, made_until, k, m * ratio, excess_low, high - fewest * ratio, chance(p), q)


def chance(p: float) -> float:
    """A number of chances as a probability: at most 1, and never 0, which no p is."""
    return min(max(p, SMALLEST), 1.0)


def interval(k: int) -> tuple[float, float]:
    """The exact interval of a Poisson mean (Garwood 1936) at 97.5 %, so that a difference of two holds at 95 %."""
    low = float(stats.chi2.ppf(0.0125, 2 * k) / 2) if k else 0.0
    return low, float(stats.chi2.ppf(0.9875, 2 * k + 2) / 2)


def _dates(made: Floats, first: int, last: int, made_from: float, made_until: float) -> tuple[float, float]:
    """The stretch of half days, around a window, in which a run has most beyond twice its neighbours."""
    reach = 3 * (made_until - made_from) + 3 * DAY
    origin, end = made_from - reach, made_until + reach
    edges = np.arange(origin, end + DAY / 2, DAY / 2)
    size = last - first
    beside = np.concatenate([made[max(0, first - max(size, BESIDE)) : first], made[last : last + max(size, BESIDE)]])
    own = np.histogram(made[first:last], edges)[0]
    usual = np.histogram(beside, edges)[0] * size / max(len(beside), 1)
    smooth = np.convolve(usual, np.ones(5) / 5, mode="same")
    k = own[(edges[:-1] >= made_from) & (edges[:-1] < made_until)].sum()
    lo, hi = best_stretch(own - 2 * smooth - 0.004 * k)
    return float(edges[lo]), float(edges[hi])


def _order(
    made: Floats, taken: np.ndarray, first: int, last: int, made_from: float, made_until: float
) -> tuple[int, int]:
    """The stretch of the order around a run in which those made within a window are more than usual."""
    size = last - first
    lo, hi = max(0, first - 3 * size), min(len(made), last + 3 * size)
    part = made[lo:hi]
    inside = (part >= made_from) & (part < made_until) & ~taken[lo:hi]
    m, beside = _neighbours(made, taken, first, last, made_from, made_until)
    usual = (m + 0.5) / (beside + 1)
    density = max(len(_members(made, first, last, made_from, made_until)) / size, min(2 * usual, 0.9))
    cut = np.clip((usual + density) / 2, 1e-6, 0.95)
    start, end = best_stretch(inside - cut)
    return lo + start, lo + end


def _neighbours(
    made: Floats, taken: np.ndarray, first: int, last: int, made_from: float, made_until: float
) -> tuple[int, int]:
    """How many of the followers beside a run were made within a window, and how many there are; no other lot's."""
    reach = max(last - first, BESIDE)
    before, after = slice(max(0, first - reach), first), slice(last, min(len(made), last + reach))
    dates = np.concatenate([made[before][~taken[before]], made[after][~taken[after]]])
    return int(((dates >= made_from) & (dates < made_until)).sum()), len(dates)


@nb.njit(cache=True, nogil=True)
def best_stretch(score: Floats) -> tuple[int, int]:
    """The stretch [first, last) of the largest sum (Kadane's algorithm); the first of equals."""
    best, best_first, best_last = -np.inf, 0, 1
    total, start = 0.0, 0
    for i in range(len(score)):
        if total <= 0:
            total, start = 0.0, i
        total += score[i]
        if total > best:
            best, best_first, best_last = total, start, i + 1
    return best_first, best_last
