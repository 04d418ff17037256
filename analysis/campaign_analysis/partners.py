"""Whom an account meets in two cells or more: one account at a time, so that memory grows with the accounts."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.coaction import rarer_shared
from campaign_analysis.meetings import CELL, LEFT, RARER, RIGHT, Acts

SLOTS = 1 << 19  # a power of two: bytes that the second fastest memory of a core holds
ROOM = 32  # slots for each event in reach: so few share one by chance
FEW_ACCOUNTS = (
    1 << 17
)  # up to so many, all that is known of them is at hand anyway, and only a small sieve is worth it:
FEW_SLOTS = 1 << 15  # one of so many slots, which the fastest memory holds
OWN, FROM, TO = 0, 1, 2  # columns of `Met.stretch`

Pairs = tuple[Codes, Codes, Codes]  # u, v and the number of their episodes


class Met(NamedTuple):
    """Whom one account met, while that is counted.

    Of each other account: `last` is the last run (stretch of own events in one cell) in which it was met, and `times`
    the number of such runs if they are two or more, else 0. `partners` were met twice; whoever takes them sets their
    `times` to 0 again. `stretch`: an event of the account's own, and from where to where those lie that it met.
    """

    last: Codes
    times: Codes
    slots: np.ndarray
    stretch: np.ndarray
    partners: Codes
    run: Ints


@nb.njit(cache=True, nogil=True)
def nobody(a: Acts, slots: int) -> Met:
    """Nobody met yet."""
    n_accounts, most = len(a.start) - 1, slots // ROOM
    for u in range(n_accounts):
        most = max(most, a.start[u + 1] - a.start[u])
    return Met(
        np.full(n_accounts, -1, dtype=np.int32),
        np.zeros(n_accounts, dtype=np.int32),
        np.zeros(slots, dtype=np.uint8),
        np.empty((most, 3), dtype=np.int32),
        np.empty(n_accounts, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


# What is in a tuple is counted by its references each time it is taken out: that is done before the loops.


@nb.njit(cache=True, nogil=True)
def stretches(u: int, a: Acts, met: Met) -> int:
    """The events that u may have met, event by event, into `met.stretch`; how many stretches.

    Whom it may have met twice is counted in slots, which several accounts share, in the fastest memory there is: most
    are met once, and need not be looked at again. Where too many are in reach, all are taken.
    """
    spot, mine, stretch, slots = a.spot, a.mine, met.stretch, met.slots
    begin, end, visits = a.start[u], a.start[u + 1], 0
    for k in range(begin, end):
        i = mine[k]
        stretch[k - begin, OWN], stretch[k - begin, FROM], stretch[k - begin, TO] = i, spot[i, LEFT], spot[i, RIGHT]
        visits += spot[i, RIGHT] - spot[i, LEFT]
    size = 256
    while size < ROOM * visits:
        size *= 2
    if size > (len(slots) if len(a.name) > FEW_ACCOUNTS else min(FEW_SLOTS, len(slots))):
        return int(end - begin)
    return sieved(u, a, slots[:size], stretch)


@nb.njit(cache=True, nogil=True)
def sieved(u: int, a: Acts, slots: np.ndarray, stretch: np.ndarray) -> int:
    """Of the events in reach of u's own those of accounts whose slot has two, into `stretch`; how many stretches."""
    account, spot, mine = a.account, a.spot, a.mine
    mask, found = len(slots) - 1, 0
    slots[:] = 0
    for k in range(a.start[u], a.start[u + 1]):
        i = mine[k]
        for j in range(spot[i, LEFT], spot[i, RIGHT]):
            slot = account[j] & mask
            slots[slot] = 1 + (slots[slot] > 0)
    for k in range(a.start[u], a.start[u + 1]):
        i, until = mine[k], -1
        for j in range(spot[i, LEFT], spot[i, RIGHT]):
            if slots[account[j] & mask] < 2:
                continue
            if until != j:
                stretch[found, OWN], stretch[found, FROM] = i, j
                found += 1
            until = j + 1
            stretch[found - 1, TO] = until
    return found


@nb.njit(cache=True, nogil=True)
def partners_of(u: int, above: int, n: int, a: Acts, met: Met) -> int:
    """Who, of accounts beyond `above`, co-acts with u in two cells or more, into `met`; how many.

    `n`: the stretches that may tell.
    """
    account, spot, stretch = a.account, a.spot, met.stretch
    post, rank, post_start, objects = a.post, a.rank, a.post_start, a.objects
    last, times, partners = met.last, met.times, met.partners
    run, found, before = met.run[0] + 1, 0, -1
    first = run
    for k in range(n):
        i = stretch[k, OWN]
        if spot[i, CELL] != before:
            before = spot[i, CELL]
            run += 1
        for j in range(stretch[k, FROM], stretch[k, TO]):
            v = account[j]
            if v <= above or v == u or last[v] == run:
                continue
            if spot[i, RARER] & spot[j, RARER] and rarer_shared(post[i], post[j], rank[i], post_start, objects):
                continue
            if last[v] >= first:
                if times[v] == 0:
                    partners[found] = v
                    found += 1
                    times[v] = 1
                times[v] += 1
            last[v] = run
    met.run[0] = run
    return found


def in_order(lists: list[Pairs], name: Codes) -> Pairs:
    """All pairs by the names of their accounts, the lesser first, in order."""
    none = np.empty(0, dtype=np.int32)
    a, b, n = (np.concatenate([none, *(one[i] for one in lists)]) for i in range(3))
    u, v = np.minimum(name[a], name[b]), np.maximum(name[a], name[b])
    order = np.argsort(u * np.int64(1 << 32) + v)
    return u[order], v[order], n[order]


@nb.njit(cache=True, nogil=True)
def grown(values: Codes) -> np.ndarray:
    """A copy that is twice as long."""
    larger = np.empty(2 * len(values), values.dtype)
    larger[: len(values)] = values
    return larger
