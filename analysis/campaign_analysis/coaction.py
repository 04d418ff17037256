"""Exact co-actions: every pair of events of two accounts on one object within the window, in bounded memory.

The kernels work on events sorted by (object, block, time); a cell is an (object, block).
"""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints


@nb.njit(cache=True, nogil=True)
def reach(time: Ints, cell: Codes, window: int) -> tuple[np.ndarray, np.ndarray]:
    """For each event, the first event of its cell within the window before it, and one past the last after it."""
    n = len(time)
    left = np.empty(n, dtype=np.int32)
    right = np.empty(n, dtype=np.int32)
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
def met_on_rarer(
    first: int,
    last: int,
    mixed: Codes,
    post: Codes,
    rank: Codes,
    left: Codes,
    right: Codes,
    start: Ints,
    ranks: Codes,
    n_objects: int,
) -> np.ndarray:
    """For each of the events mixed[first:last], how many in its reach share a rarer object with its post.

    Those in reach are counted by object while the window slides; only a post that shares several rarer objects with
    others in reach is compared with each of them.
    """
    out = np.zeros(last - first, dtype=np.int32)
    inside = np.zeros(n_objects, dtype=np.int32)
    a = np.searchsorted(mixed, left[mixed[first]])
    b = a
    for k in range(first, last):
        e = mixed[k]
        while b < len(mixed) and mixed[b] < right[e]:
            b = slide(1, mixed, b, post, rank, start, ranks, inside)
        while mixed[a] < left[e]:
            a = slide(-1, mixed, a, post, rank, start, ranks, inside)
        shared, kinds = 0, 0
        i = start[post[e]]
        while ranks[i] < rank[e]:
            shared += inside[ranks[i]] - 1
            kinds += inside[ranks[i]] > 1
            i += 1
        if kinds > 1:
            shared = 0
            for j in range(a, b):
                if j != k and rarer_shared(post[e], post[mixed[j]], rank[e], start, ranks):
                    shared += 1
        out[k - first] = shared
    return out


@nb.njit(cache=True, nogil=True, inline="always")
def slide(by: int, mixed: Codes, at: int, post: Codes, rank: Codes, start: Ints, ranks: Codes, inside: Codes) -> int:
    """Count the rarer objects of an event that enters (by 1) or leaves (by -1); the position after it."""
    f = mixed[at]
    i = start[post[f]]
    while ranks[i] < rank[f]:
        inside[ranks[i]] += by
        i += 1
    return at + 1
