"""In which cells repeat partners are, whether or not they co-act there: S of docs/method.md, part 3, step 4."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints, order_by, starts
from campaign_analysis.sessions import Sessions

DENSE = 8  # a cell that holds more than one in so many accounts has a row of its own


class Runs(NamedTuple):
    """Runs (an account's events in a cell) of some accounts, by account, and again by cell.

    Account k, which is name[k] in the sessions, has the runs [start[k], start[k + 1]).
    Cell c has the runs [cell_start[c], cell_start[c + 1]) of `cell_account` and `cell_events`, or, where many of the
    accounts are in it, the row `row[c]` of `table`: events of each account. Else `row` is -1.
    """

    start: Ints
    cell: Codes
    events: Codes
    cell_start: Ints
    cell_account: Codes
    cell_events: Codes
    row: Codes
    table: np.ndarray


def runs_of(s: Sessions, name: Codes) -> Runs:
    """The runs of the accounts with these codes."""
    length = np.diff(s.run_start)[name]
    start = np.concatenate(([0], np.cumsum(length)))
    at = np.repeat(s.run_start[name] - start[:-1], length) + np.arange(start[-1])
    cell, events = s.run_cell[at], s.run_events[at]
    account = np.repeat(np.arange(len(name), dtype=np.int32), length)
    cell_start = starts(cell, s.n_cells)
    order = order_by(cell, cell_start)
    dense = np.flatnonzero(np.diff(cell_start) * DENSE > len(name))
    row = np.full(s.n_cells, -1, dtype=np.int32)
    row[dense] = np.arange(len(dense), dtype=np.int32)
    inside = row[cell] >= 0
    table = np.zeros((len(dense), len(name)), dtype=np.int32)
    table[row[cell[inside]], account[inside]] = events[inside]
    return Runs(start, cell, events, cell_start, account[order], events[order], row, table)


@nb.njit(cache=True, nogil=True)
def add_shared(
    u: int, partners: Codes, repeated: np.ndarray, runs: Runs, mine: Codes, near: np.ndarray, known: Floats
) -> None:
    """Add to each cell of u its pairs of events with these repeat partners, in both orders.

    `partners` lists them, `repeated` marks them; `mine` (of each cell) and `near` are zero before and after.
    A dense cell is multiplied out. In the others, either the partners' runs are looked up, or who is there is gone
    through, whatever is less.
    """
    start, cell, events, row, table = runs.start, runs.cell, runs.events, runs.row, runs.table
    cell_start, cell_account, cell_events = runs.cell_start, runs.cell_account, runs.cell_events
    others, theirs = 0, 0
    for k in range(start[u], start[u + 1]):
        c = cell[k]
        if row[c] >= 0:
            known[c] += 2.0 * events[k] * shared_events(repeated, table[row[c]])
        else:
            others += cell_start[c + 1] - cell_start[c]
    for v in partners:
        theirs += start[v + 1] - start[v]
    if others <= theirs:
        for k in range(start[u], start[u + 1]):
            c = cell[k]
            if row[c] < 0:
                total = 0
                for i in range(cell_start[c], cell_start[c + 1]):
                    total += repeated[cell_account[i]] * cell_events[i]
                known[c] += 2.0 * events[k] * total
        return
    last = len(near) - 1
    for k in range(start[u], start[u + 1]):
        if row[cell[k]] < 0:
            mine[cell[k]] = events[k]
            near[cell[k] & last] = True
    for v in partners:
        for k in range(start[v], start[v + 1]):
            c = cell[k]
            if near[c & last]:
                known[c] += 2.0 * mine[c] * events[k]
    for k in range(start[u], start[u + 1]):
        mine[cell[k]] = 0
        near[cell[k] & last] = False


@nb.njit(cache=True, nogil=True)
def shared_events(repeated: np.ndarray, events: Codes) -> int:
    """The events of repeat partners in a cell."""
    total = 0
    for i in range(len(events)):
        total += repeated[i] * events[i]
    return total
