"""Kept events laid into cells, and the runs of each account: one pass over the events each, and no array in between."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints


@nb.njit(cache=True, nogil=True)
def cells_of(keep: np.ndarray, obj: Codes, block: Codes) -> tuple[Codes, Codes, Codes, Ints]:
    """Of events in the order of object and block: those kept, the place of each event among them, their cells, and
    where each cell begins among them, with one past the last.
    """
    n = np.sum(keep)
    event, cell = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    place = np.empty(len(keep), dtype=np.int32)
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
def runs_of(
    by_account: Codes, keep: np.ndarray, place: Codes, account: Codes, cell: Codes, n_accounts: int
) -> tuple[Codes, Codes, Codes, Ints]:
    """Kept events in the order of account and time of their object, and their stretches in one cell.

    `by_account` orders all events so; `account`, `cell` are those of kept events. The cell and the number of events of
    each run, and where each account's runs begin, with one past the last.
    """
    n = len(cell)
    order, run_cell, run_events = (
        np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32), np.zeros(n, dtype=np.int32)
    )  # fmt: skip
    run_start = np.zeros(n_accounts + 1, dtype=np.int64)
    kept, runs, who, where = 0, 0, -1, -1
    for i in by_account:
        if not keep[i]:
            continue
        e = place[i]
        if account[e] != who or cell[e] != where:
            who, where = account[e], cell[e]
            run_cell[runs] = where
            run_start[who + 1] += 1
            runs += 1
        run_events[runs - 1] += 1
        order[kept] = e
        kept += 1
    return order, run_cell[:runs].copy(), run_events[:runs].copy(), np.cumsum(run_start)
