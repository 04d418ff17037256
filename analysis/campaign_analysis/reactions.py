"""What two readers would share who take up what others post as soon as they usually do (docs/method.md, part 4)."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.background import PRIOR
from campaign_analysis.events import UNBORN
from campaign_analysis.shuffled_days import pairs_within


@nb.njit(cache=True, nogil=True)
def as_soon_as_usual(
    us: Codes, vs: Codes, start: Ints, obj: Codes, time: Ints, born: Ints, soon: int, window: int, usual: float
) -> np.ndarray:
    """For each pair (u, v): the objects that both took up, times the chance that they come within the window.

    Account k's acts are those at [start[k], start[k + 1]), by object and time (ms); `born` says when each object came
    out. The chance is that of an act of u on one object and one of v on another, by the time since these came out;
    pairs of acts that both come within `soon` ms are not counted. PRIOR pairs are added that are within the window as
    often as `usual` in this layer, for a few acts tell little.
    """
    out = np.zeros(len(us))
    for p in range(len(us)):
        i, i_end, j, j_end = start[us[p]], start[us[p] + 1], start[vs[p]], start[vs[p] + 1]
        mine, others = np.empty(i_end - i, dtype=np.int64), np.empty(i_end - i, dtype=np.int64)
        n, same = 0, 0
        while i < i_end and j < j_end:
            o = obj[i]
            if obj[j] != o:
                i, j = i + (o < obj[j]), j + (obj[j] < o)
                continue
            if born[o] != UNBORN:
                mine[n], others[n] = time[i] - born[o], time[j] - born[o]
                same += abs(time[i] - time[j]) <= window and max(mine[n], others[n]) > soon
                n += 1
            while i < i_end and obj[i] == o:
                i += 1
            while j < j_end and obj[j] == o:
                j += 1
        if n > 0:
            near = later_pairs(np.sort(mine[:n]), np.sort(others[:n]), soon, window) - same
            out[p] = n * (near + PRIOR * usual) / (n * (n - 1) + PRIOR)
    return out


def usually_within(age: Ints, soon: int, window: int) -> float:
    """The share of all pairs of acts that are within the window (ms), by the time since their objects came out."""
    n = len(age)
    if n < 2:
        return 0.0
    ages = np.sort(age)
    return float((later_pairs(ages, ages, soon, window) - np.count_nonzero(age > soon)) / (n * (n - 1)))


@nb.njit(cache=True, nogil=True)
def later_pairs(one: Ints, other: Ints, soon: int, window: int) -> int:
    """Pairs of the two, both ascending, that are no more than the window apart, and not both within `soon`."""
    early = np.searchsorted(one, soon, side="right"), np.searchsorted(other, soon, side="right")
    return pairs_within(one, other, window) - pairs_within(one[: early[0]], other[: early[1]], window)
