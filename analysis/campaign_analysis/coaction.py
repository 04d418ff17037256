"""Exact co-actions: every pair of events of two accounts on one object within the window, in bounded memory.

The kernels work on events sorted by (object, block, time); a cell is an (object, block).
"""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.events import Codes, Events, Ints


@nb.njit(cache=True, nogil=True)
def keep_first(account: Codes, obj: Codes, time: Ints, block: Ints, window: int) -> np.ndarray:
    """Which events stay when an account's repeats on one object within the window and block collapse to the first.

    Events come sorted by (account, object, time). A burst of ten posts is one act, not ten.
    """
    keep = np.ones(len(time), dtype=np.bool_)
    last = 0
    for i in range(1, len(time)):
        same = account[i] == account[last] and obj[i] == obj[last] and block[i] == block[last]
        if same and time[i] - time[last] <= window:
            keep[i] = False
        else:
            last = i
    return keep


@nb.njit(cache=True, nogil=True)
def reach(time: Ints, cell: Codes, window: int) -> tuple[np.ndarray, np.ndarray]:
    """For each event, the first event of its cell within the window before it, and one past the last after it."""
    n = len(time)
    left = np.empty(n, dtype=np.int64)
    right = np.empty(n, dtype=np.int64)
    a = 0
    for i in range(n):
        while cell[a] != cell[i] or time[i] - time[a] > window:
            a += 1
        left[i] = a
    b = n
    for i in range(n - 1, -1, -1):
        while cell[b - 1] != cell[i] or time[b - 1] - time[i] > window:
            b -= 1
        right[i] = b
    return left, right


@nb.njit(cache=True, nogil=True, inline="always")
def rarer_shared(p: int, q: int, rank: int, start: Ints, ranks: Codes) -> bool:
    """Whether posts p and q share an object rarer than the one of this rank (ranks of a post's objects ascend)."""
    i, j = start[p], start[q]
    while i < start[p + 1] and j < start[q + 1] and ranks[i] < rank and ranks[j] < rank:
        if ranks[i] == ranks[j]:
            return True
        if ranks[i] < ranks[j]:
            i += 1
        else:
            j += 1
    return False


@nb.njit(cache=True, nogil=True)
def partners_of_events(
    account: Codes, post: Codes, rank: Codes, left: Ints, right: Ints, start: Ints, ranks: Codes
) -> np.ndarray:
    """c_e: the co-acting events of other accounts of each event; posts that share a rarer object are left to that one.

    An account's own events in reach are only itself: repeats within the window have collapsed.
    """
    count = np.empty(len(account), dtype=np.int64)
    for e in range(len(account)):
        if ranks[start[post[e]]] == rank[e]:  # this object is its post's rarest: nothing to leave out
            count[e] = right[e] - left[e] - 1
            continue
        c = 0
        for f in range(left[e], right[e]):
            if f != e and not rarer_shared(post[e], post[f], rank[e], start, ranks):
                c += 1
        count[e] = c
    return count


@nb.njit(cache=True, nogil=True)
def repeat_pairs(
    first: int,
    last: int,
    by_account: Ints,
    account_start: Ints,
    candidate: np.ndarray,
    account: Codes,
    cell: Codes,
    post: Codes,
    rank: Codes,
    left: Ints,
    right: Ints,
    start: Ints,
    ranks: Codes,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs (u, v), u in [first, last), u < v, that share two episodes or more: their accounts and number of episodes.

    An episode is a cell in which the two co-act at least once. One account at a time, so memory is O(accounts).
    """
    n_accounts = len(candidate)
    episodes = np.zeros(n_accounts, dtype=np.int32)
    seen_in = np.full(n_accounts, -1, dtype=np.int32)
    touched = np.empty(n_accounts, dtype=np.int32)
    size = 1024
    us, vs, ns = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    found = 0
    for u in range(first, last):
        if not candidate[u]:
            continue
        met = 0
        for k in range(account_start[u], account_start[u + 1]):
            e = by_account[k]
            simple = ranks[start[post[e]]] == rank[e]
            for f in range(left[e], right[e]):
                v = account[f]
                if v <= u or seen_in[v] == cell[e] or not candidate[v]:
                    continue
                if not simple and rarer_shared(post[e], post[f], rank[e], start, ranks):
                    continue
                seen_in[v] = cell[e]
                if episodes[v] == 0:
                    touched[met] = v
                    met += 1
                episodes[v] += 1
        for k in range(met):
            v = touched[k]
            if episodes[v] >= 2:
                if found == size:
                    size *= 2
                    us, vs, ns = grow(us, size), grow(vs, size), grow(ns, size)
                us[found], vs[found], ns[found] = u, v, episodes[v]
                found += 1
            episodes[v] = 0
            seen_in[v] = -1
    return us[:found].copy(), vs[:found].copy(), ns[:found].copy()


@nb.njit(cache=True, nogil=True)
def grow(values: Codes, size: int) -> np.ndarray:
    """A longer copy."""
    larger = np.empty(size, values.dtype)
    larger[: len(values)] = values
    return larger


@nb.njit(cache=True, nogil=True)
def repeat_partners_of_events(
    first: int,
    last: int,
    by_account: Ints,
    account_start: Ints,
    partner_start: Ints,
    partners: Codes,
    account: Codes,
    post: Codes,
    rank: Codes,
    left: Ints,
    right: Ints,
    start: Ints,
    ranks: Codes,
    out: Ints,
) -> None:
    """r_e into `out`, for events of accounts [first, last): those of c_e that are by repeat partners of the author."""
    marked = np.full(len(account_start) - 1, -1, dtype=np.int32)
    for u in range(first, last):
        if partner_start[u] == partner_start[u + 1]:
            continue
        for k in range(partner_start[u], partner_start[u + 1]):
            marked[partners[k]] = u
        for k in range(account_start[u], account_start[u + 1]):
            e = by_account[k]
            simple = ranks[start[post[e]]] == rank[e]
            r = 0
            for f in range(left[e], right[e]):
                if marked[account[f]] == u and (simple or not rarer_shared(post[e], post[f], rank[e], start, ranks)):
                    r += 1
            out[e] = r


@nb.njit(cache=True, nogil=True)
def all_pairs_within(time: Ints, obj: Codes, account: Codes, window: int) -> int:
    """Unordered pairs of rows of different accounts on one object within the window, nothing collapsed, no blocks.

    What coordination_network_toolkit counts; rows sorted by (object, time).
    """
    pairs = 0
    a = 0
    for i in range(len(time)):
        while obj[a] != obj[i] or time[i] - time[a] > window:
            a += 1
        for j in range(a, i):
            if account[j] != account[i]:
                pairs += 1
    return pairs


def count_row_pairs(events: Events, window: int) -> int:
    """Pairs of events of different accounts on one object at most `window` milliseconds apart."""
    return int(all_pairs_within(events.time, events.object, events.account, window))
