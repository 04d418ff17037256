"""Events kept and laid into cells, and the runs of each account: account by account, which cores share between them."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints


@nb.njit(cache=True, nogil=True)
def keep_first(
    first: int,
    last: int,
    by_account: Codes,
    start: Ints,
    obj: Codes,
    time: Ints,
    block: Codes,
    window: int,
    keep: np.ndarray,
    kept: Ints,
    runs: Ints,
) -> None:
    """Which events of accounts in [first, last) stay when repeats on one object within the window and block collapse to
    the first: a burst of ten posts is one act, not ten. How many each account keeps, and in how many cells.

    Account u's events, by object and time, are by_account[start[u]:start[u + 1]].
    """
    for u in range(first, last):
        before, n, cells = -1, 0, 0
        for i in by_account[start[u] : start[u + 1]]:
            same = before >= 0 and obj[i] == obj[before] and block[i] == block[before]
            keep[i] = not same or time[i] - time[before] > window
            if keep[i]:
                before, n, cells = i, n + 1, cells + (not same)
        kept[u], runs[u] = n, cells


@nb.njit(cache=True, nogil=True)
def cells_of(keep: np.ndarray, obj: Codes, block: Codes) -> tuple[Codes, Codes, Codes, Ints]:
    """Of events in the order of object and block: those kept, the place of each event among them (-1 for others), their
    cells, and where each cell begins among them, with one past the last.
    """
    n = np.sum(keep)
    event, cell = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    place = np.full(len(keep), -1, dtype=np.int32)
    start = np.empty(n + 1, dtype=np.int64)
    kept, cells, before = 0, 0, -1
    for i in range(len(keep)):
        if not keep[i]:
            continue
        if before < 0 or obj[i] != obj[before] or block[i] != block[before]:
            start[cells] = kept
            cells += 1
        event[kept], cell[kept], place[i] = i, cells - 1, kept
        kept, before = kept + 1, i
    start[cells] = n
    return event, place, cell, start[: cells + 1].copy()


@nb.njit(cache=True, nogil=True)
def lay_runs(
    first: int,
    last: int,
    by_account: Codes,
    start: Ints,
    place: Codes,
    cell: Codes,
    kept_start: Ints,
    run_start: Ints,
    order: Codes,
    run_cell: Codes,
    run_events: Codes,
) -> None:
    """Kept events of accounts in [first, last) in the order of account, object and time, into `order`, and the cell and
    the number of events of each stretch in one cell.

    `by_account` and `start` as for `keep_first`; `place` and `cell` as of `cells_of`.
    """
    for u in range(first, last):
        to, run, where = kept_start[u], run_start[u] - 1, -1
        for i in by_account[start[u] : start[u + 1]]:
            e = place[i]
            if e < 0:
                continue
            if cell[e] != where:
                where = cell[e]
                run += 1
                run_cell[run], run_events[run] = where, 0
            run_events[run] += 1
            order[to] = e
            to += 1
