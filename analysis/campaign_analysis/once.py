"""Two posts that share several objects are one chance to meet, not several (docs/method.md, part 3).

Of a ring whose posts carry five hashtags each, chance would otherwise explain five times as much as it meets.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats

MOST_OBJECTS = 64  # of a pair are looked at, a bit each: those that explain most
MOST_KINDS, FEW_OBJECTS = 32, 5  # where an account has more kinds of posts, by what is in them, so few objects are


@nb.njit(cache=True, nogil=True)
def shares_of(
    mine: Codes,
    others: Codes,
    expected: Floats,
    in_step: Floats,
    events: Floats,
    first: Codes,
    post: Codes,
    marks: np.ndarray,
) -> np.ndarray:
    """For each object that two accounts share, the share of their pairs of posts with it that count there: those that
    share no other on which more is expected of two posts; a row for *together*, one for *in step*.

    `mine`, `others`: the rows of either on it, whose acts are the `events` from `first` on, and `post` says of which
    post each act is; `expected`, `in_step`: on each object by all of them. `marks`: zeros, as many as an account has
    posts, whose numbers follow each other; they are zeros again after it. Objects that are not looked at count for
    themselves.
    """
    pairs = events[mine] * events[others]
    looked_at = np.arange(len(mine))
    if len(mine) > MOST_OBJECTS:
        looked_at = np.argsort(-expected / pairs, kind="mergesort")[:MOST_OBJECTS]
    own, own_times = kinds_of(mine[looked_at], events, first, post, marks)
    if not have_several(own):
        return np.ones((2, len(mine)))
    other, other_times = kinds_of(others[looked_at], events, first, post, marks)
    if not have_several(other):
        return np.ones((2, len(mine)))
    if max(len(own), len(other)) > MOST_KINDS:
        looked_at = np.argsort(-expected / pairs, kind="mergesort")[:FEW_OBJECTS]
        own, own_times = kinds_of(mine[looked_at], events, first, post, marks)
        other, other_times = kinds_of(others[looked_at], events, first, post, marks)
    counts = np.empty((2, len(mine)))
    counts[:] = pairs
    counts[:, looked_at] = 0.0
    worth, in_step_worth = expected / pairs, in_step / pairs
    for i in range(len(own)):
        for j in range(len(other)):
            both = own[i] & other[j]
            most, most_in_step, b = -1, -1, 0
            while both:
                if both & np.uint64(1):
                    o = looked_at[b]
                    if most < 0 or worth[o] > worth[most]:
                        most = o
                    if most_in_step < 0 or in_step_worth[o] > in_step_worth[most_in_step]:
                        most_in_step = o
                both, b = both >> np.uint64(1), b + 1
            if most >= 0:
                counts[0, most] += own_times[i] * other_times[j]
                counts[1, most_in_step] += own_times[i] * other_times[j]
    return counts / pairs


@nb.njit(cache=True, nogil=True)
def have_several(kinds: np.ndarray) -> bool:
    """Whether any kind of post is in several rows."""
    for kind in kinds:  # noqa: SIM110 - compiled, where nothing generates
        if kind & (kind - np.uint64(1)):
            return True
    return False


@nb.njit(cache=True, nogil=True)
def kinds_of(
    rows: Codes, events: Floats, first: Codes, post: Codes, marks: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The kinds of posts that an account has, by which of these rows they are in (a bit each), and how many of each."""
    of_post = np.empty(int(events[rows].sum()), dtype=np.int32)
    n, lowest = 0, post[first[rows[0]]]
    for row in rows:
        for e in range(first[row], first[row] + int(events[row])):
            lowest = min(lowest, post[e])
    for b in range(len(rows)):
        for e in range(first[rows[b]], first[rows[b]] + int(events[rows[b]])):
            own = post[e] - lowest
            if marks[own] == 0:
                of_post[n], n = own, n + 1
            marks[own] |= np.uint64(1) << np.uint64(b)
    kinds = np.sort(marks[of_post[:n]])
    marks[of_post[:n]] = 0
    times = np.zeros(n)
    last = -1
    for k in range(n):
        if last < 0 or kinds[k] != kinds[last]:
            last += 1
            kinds[last] = kinds[k]
        times[last] += 1.0
    return kinds[: last + 1], times[: last + 1]
