"""Runs of followers whose accounts were made within days of each other, far more than those before and after.

A run of W followers is compared with the 2 W before it and the 2 W after it. In the run, k were made within a window of
days; of a side's R followers, m were: those made within the same days, or those who were as old when they followed,
whichever are more. A viral day changes who comes: a crowd from elsewhere may double the share of any week, so the null
is that the run's share is up to twice the side's. Given k + m, k is then at most Binomial(k + m, 2 W / (2 W + R)), and
p = P(X >= k), the larger of both sides'. This is the two-sample hypergeometric test of equal shares with the odds
doubled, and the binomial law bounds Fisher's noncentral one from above.

Followers who followed within three days of joining are no evidence: real newcomers come with every event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from scipy import special

from campaign_analysis.arrays import Codes, Floats, Ints

DAY = 86_400.0
RUNS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
"""Followers in a run. The longer ones are for lots as long: a run inside a lot has the lot on both sides of it."""
WINDOWS = (7, 30)
"""Days in which the accounts of a run were made."""
NEWCOMER = 3 * DAY
FACTOR = 2.0
"""By how much a run's share may exceed its neighbours' without anything bought."""
FLOOR = 0.1
"""Part of a run that must be in excess of FACTOR times the neighbours' share: less is a change of crowd."""
CUT = 1e-4


@dataclass(frozen=True)
class Cells:
    """Runs and windows with p of CUT or less, a row each: [first, last) in the order of following, window in seconds.

    `tests` is the number of all runs and windows that were looked at.
    """

    first: Ints
    last: Ints
    made_from: Floats
    made_until: Floats
    k: Ints
    p: Floats
    tests: int


def scan(made: Floats, after: Floats) -> Cells:
    """All runs and windows of an audience in the order of following, oldest first; dates in seconds, none missing.

    `after` is the bound of `order.followed_after`.
    """
    age = after - made
    origin = float(made.min()) if len(made) else 0.0
    parts, tests = [], 0
    for run in RUNS:
        if run > max(len(made) // 2, RUNS[0]) or len(made) < 2 * run:
            continue
        for window in WINDOWS:
            half = window * DAY / 2
            bins = ((made - origin) / half).astype(np.int32)
            ages = np.where(age < NEWCOMER, -1, age / half).astype(np.int32)
            n_bins = int(bins.max()) + 2
            n_ages = max(int(ages.max()) + 3, 4)
            middle = (after - origin) / half
            found = _scan(bins, ages, middle, n_bins, n_ages, run, _least(run))
            first, last, place, k, left, left_size, right, right_size = found
            p = np.maximum(tail(k, left, run, left_size), tail(k, right, run, right_size))
            kept = p <= CUT
            parts.append((first[kept], last[kept], origin + place[kept] * half, half, k[kept], p[kept]))
            runs = 1 + (len(made) - run) // (run // 2)
            tests += runs * n_bins
    return Cells(
        np.concatenate([part[0] for part in parts] or [np.empty(0, np.int64)]),
        np.concatenate([part[1] for part in parts] or [np.empty(0, np.int64)]),
        np.concatenate([part[2] for part in parts] or [np.empty(0)]),
        np.concatenate([part[2] + 2 * part[3] for part in parts] or [np.empty(0)]),
        np.concatenate([part[4] for part in parts] or [np.empty(0, np.int64)]),
        np.concatenate([part[5] for part in parts] or [np.empty(0)]),
        tests,
    )


def _least(run: int) -> int:
    return max(10, int(np.ceil(FLOOR * run)))


def tail(k: Ints, m: Ints, run: int, side: Ints) -> Floats:
    """P(Binomial(k + m, share) >= k), share = FACTOR run / (FACTOR run + side); 0 where there is no such side."""
    share = FACTOR * run / (FACTOR * run + np.maximum(side, 1))
    p = special.betainc(k.astype(np.float64), m + 1.0, share)
    return np.where(side > 0, p, 0.0)


@nb.njit(cache=True, nogil=True)
def _move(counts: Codes, codes: Codes, lo: int, hi: int, by: int) -> None:
    for i in range(lo, hi):
        if codes[i] >= 0:
            counts[codes[i]] += by


@nb.njit(cache=True, nogil=True)
def _as_old(counts: Codes, place: float) -> int:
    """Followers of an age of one window, whose place in bins of half a window need not be whole: three bins hold it."""
    b = int(np.floor(place))
    total = 0
    for i in range(max(b, 0), min(b + 3, len(counts))):
        total += counts[i]
    return total


@nb.njit(cache=True, nogil=True)
def _scan(
    bins: Codes, ages: Codes, middle: Floats, n_bins: int, n_ages: int, run: int, least: int
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    """Runs and windows (two bins) that hold `least` or more and stand out from both sides by the floor."""
    n = len(bins)
    step, reach = run // 2, 2 * run
    own = np.zeros(n_bins + 1, np.int32)
    sides = np.zeros((2, n_bins + 1), np.int32)
    old = np.zeros((2, n_ages), np.int32)
    kept = np.where(ages >= 0, bins, -1).astype(np.int32)
    done = np.full(n_bins + 1, -1, np.int32)  # the run in which a window was looked at last
    number = 0
    out = []
    lo, hi = 0, 0  # the run
    left, right = 0, 0  # first of the left side; one past the last of the right side
    first = 0
    while first + run <= n:
        last = first + run
        new_left, new_right = max(0, first - reach), min(n, last + reach)
        # own: [lo, hi) -> [first, last); left: [left, lo) -> [new_left, first); right: [hi, right) -> [last, new_right)
        _move(own, kept, hi, last, 1)
        _move(own, kept, lo, first, -1)
        _move(sides[0], bins, lo, first, 1)
        _move(sides[0], bins, left, new_left, -1)
        _move(old[0], ages, lo, first, 1)
        _move(old[0], ages, left, new_left, -1)
        _move(sides[1], bins, right, new_right, 1)
        _move(sides[1], bins, hi, last, -1)
        _move(old[1], ages, right, new_right, 1)
        _move(old[1], ages, hi, last, -1)
        lo, hi, left, right = first, last, new_left, new_right
        l_size, r_size = lo - left, right - hi
        # A side shorter than half a run is none, unless the other is none either.
        l_size = l_size if l_size >= step else 0
        r_size = r_size if r_size >= step else 0
        if l_size + r_size > 0:
            for i in range(lo, hi):
                for b in range(kept[i] - 1, kept[i] + 1):
                    if b < 0 or done[b] == number or own[b] + own[b + 1] < least:
                        continue
                    k = own[b] + own[b + 1]
                    place = middle[(lo + hi) // 2] - b - 2.0
                    m_left = max(sides[0][b] + sides[0][b + 1], _as_old(old[0], place))
                    m_right = max(sides[1][b] + sides[1][b + 1], _as_old(old[1], place))
                    share = 0.0
                    if l_size > 0:
                        share = max(share, m_left / l_size)
                    if r_size > 0:
                        share = max(share, m_right / r_size)
                    if k / run - FACTOR * share >= FLOOR:
                        out.append((lo, hi, b, k, m_left, l_size, m_right, r_size))
                    done[b] = number
        number += 1
        first += step
    size = len(out)
    table = np.empty((8, size), np.int64)
    for i in range(size):
        for j in range(8):
            table[j, i] = out[i][j]
    return table[0], table[1], table[2], table[3], table[4], table[5], table[6], table[7]
