"""How often given pairs met: the cells in which they co-act, counted pair by pair, and with each post once."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints, Marks
from campaign_analysis.coaction import rarer_shared
from campaign_analysis.events import SECOND
from campaign_analysis.sessions import Scale, Sessions


def episodes_of(s: Sessions, scale: Scale, u: Codes, v: Codes, thread: Codes | None = None) -> Codes:
    """The cells in which each pair (u, v) met; `thread`: only by events that are in the same one (-1: in none)."""
    same = np.zeros(len(s.cell), dtype=np.int32) if thread is None else thread
    of_post = s.time, s.post, s.rank, s.rarer, s.posts.start, s.posts.ranks
    return _episodes(u, v, scale.window * SECOND, s.by_account, s.account_start, s.cell, *of_post, same)


def once_a_post(s: Sessions, scale: Scale, u: Codes, v: Codes) -> Codes:
    """The same, where a post counts in one episode of a pair at most: cell after cell the two acts count that are
    closest, of posts that did not count before. So nobody is linked by a single post that meets two of another's.
    """
    of_post = s.time, s.post, s.rank, s.rarer, s.posts.start, s.posts.ranks
    return _once_a_post(u, v, scale.window * SECOND, s.by_account, s.account_start, s.cell, *of_post)


def first_of_each(pair: Ints, cell: Codes, post: Codes, other: Codes) -> Marks:
    """Of meetings in order (by pair and cell, in each the closest first) those that `once_a_post` counts."""
    return _first_of_each(pair, cell, post, other, int(max(post.max(initial=0), other.max(initial=0))) + 1)


@nb.njit(cache=True, nogil=True)
def _once_a_post(
    u: Codes,
    v: Codes,
    window: int,
    by_account: Codes,
    start: Ints,
    cell: Codes,
    time: Ints,
    post: Codes,
    rank: Codes,
    rarer: Marks,
    post_start: Ints,
    ranks: Codes,
) -> np.ndarray:
    out = np.zeros(len(u), dtype=np.int32)
    used = np.full(len(post_start) - 1, -1, dtype=np.int32)
    for k in range(len(u)):
        first, last = start[v[k]], start[v[k] + 1]
        now, gap, one, other = -1, window + 1, -1, -1
        for i in by_account[start[u[k]] : start[u[k] + 1]]:
            if cell[i] != now:
                if one >= 0:
                    used[one] = used[other] = k
                    out[k] += 1
                now, gap, one, other = cell[i], window + 1, -1, -1
            if used[post[i]] == k:
                continue
            while first < last and cell[by_account[first]] < cell[i]:
                first += 1
            for j in by_account[first:last]:
                if cell[j] != cell[i]:
                    break
                apart = abs(time[i] - time[j])
                if apart >= gap or used[post[j]] == k:
                    continue
                if not (rarer[i] & rarer[j] and rarer_shared(post[i], post[j], rank[i], post_start, ranks)):
                    gap, one, other = apart, post[i], post[j]
        if one >= 0:
            out[k] += 1
    return out


@nb.njit(cache=True, nogil=True)
def _first_of_each(pair: Ints, cell: Codes, post: Codes, other: Codes, posts: int) -> np.ndarray:
    counts = np.zeros(len(pair), dtype=np.bool_)
    used = np.full(posts, -1, dtype=np.int64)
    done = False
    for r in range(len(pair)):
        if r == 0 or pair[r] != pair[r - 1] or cell[r] != cell[r - 1]:
            done = False
        if not done and used[post[r]] != pair[r] and used[other[r]] != pair[r]:
            used[post[r]] = used[other[r]] = pair[r]
            counts[r] = done = True
    return counts


@nb.njit(cache=True, nogil=True)
def _episodes(
    u: Codes,
    v: Codes,
    window: int,
    by_account: Codes,
    start: Ints,
    cell: Codes,
    time: Ints,
    post: Codes,
    rank: Codes,
    rarer: Marks,
    post_start: Ints,
    ranks: Codes,
    thread: Codes,
) -> np.ndarray:
    """The cells in which each pair co-acts by events of one thread (-1: of none).

    The events of account k are by_account[start[k]:start[k + 1]], by cell.
    """
    out = np.zeros(len(u), dtype=np.int32)
    for k in range(len(u)):
        first, last, met = start[v[k]], start[v[k] + 1], -1
        for i in by_account[start[u[k]] : start[u[k] + 1]]:
            while first < last and cell[by_account[first]] < cell[i]:
                first += 1
            for j in by_account[first:last]:
                if cell[j] != cell[i] or met == cell[i]:
                    break
                near = abs(time[i] - time[j]) <= window and thread[i] == thread[j] >= 0
                if near and not (rarer[i] & rarer[j] and rarer_shared(post[i], post[j], rank[i], post_start, ranks)):
                    out[k], met = out[k] + 1, cell[i]
    return out
