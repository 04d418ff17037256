"""How often given pairs met: the cells in which they co-act, counted pair by pair."""

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
