"""Whom an account meets in two cells or more: one account at a time, so that memory grows with the accounts."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.coaction import rarer_shared
from campaign_analysis.meetings import CELL, LEFT, RARER, RIGHT, Acts

SLOTS = 1 << 15  # a power of two: what the second fastest memory of a core holds

Pairs = tuple[Codes, Codes, Codes]  # u, v and the number of their episodes


class Met(NamedTuple):
    """Whom one account met, while that is counted.

    Of each other account: `last` is the last run (stretch of own events in one cell) in which it was met, and `times`
    the number of such runs if they are two or more, else 0. `slots` says the last run and the number of all accounts
    that share a slot, together: what small memory holds first says who may have been met twice, which few were.
    `partners` were; whoever takes them sets their `times` to 0 again.
    """

    last: Codes
    times: Codes
    slots: np.ndarray
    partners: Codes
    run: Ints


@nb.njit(cache=True, nogil=True)
def nobody(n_accounts: int, slots: int) -> Met:
    """Nobody met yet."""
    return Met(
        np.full(n_accounts, -1, dtype=np.int32),
        np.zeros(n_accounts, dtype=np.int32),
        np.full((slots, 2), -1, dtype=np.int32),
        np.empty(n_accounts, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


# What is in a tuple is counted by its references each time it is taken out: that is done before the loops.


@nb.njit(cache=True, nogil=True)
def may_repeat(u: int, a: Acts, met: Met) -> bool:
    """Count the runs of u in which anybody of a slot is met; whether that is worth it.

    It is where accounts are far more than slots, and u met fewer than there are slots.
    """
    account, spot, mine, slots = a.account, a.spot, a.mine, met.slots
    begin, end, last = a.start[u], a.start[u + 1], len(slots) - 1
    if len(a.name) < 4 * len(slots):
        return False
    visits = 0
    for k in range(begin, end):
        visits += spot[mine[k], RIGHT] - spot[mine[k], LEFT]
    if 2 * visits > len(slots):
        return False
    run, before = met.run[0] + 1, -1
    first = run
    for k in range(begin, end):
        i = mine[k]
        if spot[i, CELL] != before:
            before = spot[i, CELL]
            run += 1
        for j in range(spot[i, LEFT], spot[i, RIGHT]):
            slot = account[j] & last
            if slots[slot, 0] != run:
                slots[slot, 1] = 1 if slots[slot, 0] < first else slots[slot, 1] + 1
                slots[slot, 0] = run
    return True


@nb.njit(cache=True, nogil=True)
def partners_of(u: int, above: int, few: bool, a: Acts, met: Met) -> int:
    """Who, of accounts beyond `above`, co-acts with u in two cells or more, into `met`; how many.

    `few`: the slots say of whom that may be.
    """
    account, spot, mine = a.account, a.spot, a.mine
    post, rank, post_start, objects = a.post, a.rank, a.post_start, a.objects
    last, times, slots, partners, mask = met.last, met.times, met.slots, met.partners, len(met.slots) - 1
    run, found, before = met.run[0] + 1, 0, -1
    first = run
    for k in range(a.start[u], a.start[u + 1]):
        i = mine[k]
        if spot[i, CELL] != before:
            before = spot[i, CELL]
            run += 1
        for j in range(spot[i, LEFT], spot[i, RIGHT]):
            v = account[j]
            if few and slots[v & mask, 1] < 2:
                continue
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
