"""What two accounts would share if they had come on other days: their times of the day stay, the days are exchanged."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.background import PRIOR
from campaign_analysis.events import SECOND

DAY = 86_400 * SECOND


@nb.njit(cache=True, nogil=True)
def on_other_days(
    us: Codes, vs: Codes, start: Ints, obj: Codes, time: Ints, window: int, block: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each pair (u, v): episodes by chance, objects on which both acted on a day, and days with any.

    Account k's acts are those at [start[k], start[k + 1]), by object and time (ms). Episodes by chance: over the
    objects and days that both acted on, the product of their numbers of blocks there, times the chance that two acts
    are within the window (`by_habit`). Acts on an object that both used on several days are compared with each other,
    those on all other objects among themselves; or all with all, if that explains more.
    """
    out, common, days = np.zeros(len(us)), np.zeros(len(us)), np.zeros(len(us))
    for p in range(len(us)):
        i, i_end, j, j_end = start[us[p]], start[us[p] + 1], start[vs[p]], start[vs[p] + 1]
        mine, others = np.empty(i_end - i, dtype=np.int64), np.empty(j_end - j, dtype=np.int64)
        once, others_once = np.empty(i_end - i, dtype=np.int64), np.empty(j_end - j, dtype=np.int64)
        n, m, r, q = 0, 0, 0, 0  # entries of the four
        apart, met_once, met = (
            0.0,
            0.0,
            0.0,
        )  # by chance on recurring objects; blocks x blocks on the others, and on all
        while i < i_end and j < j_end:
            o, n_before, m_before, on_days, here = obj[i], n, m, 0, 0.0
            if obj[j] != o:
                i, j = i + (obj[i] < obj[j]), j + (obj[j] < o)
                continue
            while i < i_end and j < j_end and obj[i] == o and obj[j] == o:
                day, other_day = time[i] // DAY, time[j] // DAY
                if day != other_day:
                    i, j = i + (day < other_day), j + (other_day < day)
                    continue
                i, n, blocks = copy_day(obj, time, i, i_end, block, mine, n)
                j, m, other_blocks = copy_day(obj, time, j, j_end, block, others, m)
                on_days += 1
                here += blocks * other_blocks
            common[p] += on_days
            met += here
            if on_days > 1:
                apart += here * by_habit(mine[n_before:n], others[m_before:m], window)
            elif on_days == 1:
                met_once += here
                for k in range(n_before, n):
                    once[r], r = mine[k], r + 1
                for k in range(m_before, m):
                    others_once[q], q = others[k], q + 1
        if n > 0:
            days[p] = len(np.unique(mine[:n] // DAY))
            apart += met_once * by_habit(once[:r], others_once[:q], window)
            out[p] = max(apart, met * by_habit(mine[:n], others[:m], window))
    return out, common, days


@nb.njit(cache=True, nogil=True)
def copy_day(obj: Codes, time: Ints, i: int, end: int, block: int, to: Ints, n: int) -> tuple[int, int, int]:
    """Copy the times from `i` on that are of its object and day; where they and the copies end, and their blocks."""
    first, blocks, last = i, 0, -1
    while i < end and obj[i] == obj[first] and time[i] // DAY == time[first] // DAY:
        blocks += time[i] // block != last
        last = time[i] // block
        to[n] = time[i]
        i, n = i + 1, n + 1
    return i, n, blocks


@nb.njit(cache=True, nogil=True)
def by_habit(mine: Ints, others: Ints, window: int) -> float:
    """The chance that an act of each (ms) is within the window of the other's, above that of those who keep no times.

    It is the share of pairs of acts on different days that are, by the time of the day; to these come PRIOR pairs that
    are by no more than chance, because a few acts show no habit.
    """
    own, other = np.sort(mine // DAY), np.sort(others // DAY)
    different = len(mine) * len(others) - pairs_within(own, other, 0)
    if different == 0:
        return 0.0
    near = pairs_within(np.sort(mine % DAY), np.sort(others % DAY), window)
    near -= pairs_within(np.sort(mine + mine // DAY * DAY), np.sort(others + others // DAY * DAY), window)  # of one day
    chance = 2.0 * window / DAY
    return max(0.0, (near + PRIOR * chance) / (different + PRIOR) - chance)


@nb.njit(cache=True, nogil=True)
def pairs_within(one: Ints, other: Ints, window: int) -> int:
    """Pairs of the two, both ascending, that are no more than the window apart."""
    first, last, pairs = 0, 0, 0
    for x in one:
        while first < len(other) and other[first] < x - window:
            first += 1
        last = max(first, last)
        while last < len(other) and other[last] <= x + window:
            last += 1
        pairs += last - first
    return pairs
