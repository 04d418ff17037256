"""Interest: on what each account acts, when it is active, and its attention to each of its objects (method.md, 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.background import Background
from campaign_analysis.counting_sort import order_by, starts
from campaign_analysis.expecting import attention
from campaign_analysis.parallel import Share, in_parts, shares
from campaign_analysis.sessions import Sessions


@dataclass(frozen=True)
class Activity:
    """For each account its blocks, in order, with its events A there on any object."""

    start: Ints
    block: Codes
    activity: Floats


def activity_of(s: Sessions) -> Activity:
    """A of all accounts."""
    *_, start, block, activity, _ = _laid(s, np.ones(len(s.run_start) - 1, dtype=np.bool_))
    return Activity(start, block, activity)


@dataclass(frozen=True)
class Interest:
    """For each account: its objects with d / sum(A K') under either claim, and its blocks with its activity A there.

    `kept` are the runs of these accounts, and the rows say where the object and the block of each of them stand.
    """

    start: Ints
    object: Codes
    ratio: Floats
    in_step_ratio: Floats
    block_start: Ints
    block: Codes
    activity: Floats
    kept: np.ndarray
    object_row: Codes
    block_row: Codes


def interest_of(b: Background, wanted: np.ndarray) -> Interest:
    """For accounts that are wanted (one boolean an account). Runs are sorted by account, object and block."""
    s = b.sessions
    start, objects, d, object_row, block_start, blocks, activity, block_row = _laid(s, wanted)
    totals = np.zeros((2, len(objects)))
    row_start = starts(objects, len(s.object_start) - 1)
    rows = order_by(objects, row_start)
    row_account = np.repeat(np.arange(len(start) - 1, dtype=np.int32), np.diff(start))
    cost = np.bincount(objects, weights=np.diff(block_start)[row_account], minlength=len(row_start) - 1)

    def part(share: Share) -> None:
        attention(
            *share,
            rows,
            row_start,
            row_account,
            block_start,
            blocks,
            activity,
            s.object_start,
            s.cell_block,
            b.profile,
            b.session,
            s.n_blocks,
            *totals,
        )

    for _ in in_parts(part, shares(cost.astype(np.int64))):
        pass
    together, in_step = d / totals
    kept = np.repeat(wanted, np.diff(s.run_start))
    return Interest(start, objects, together, in_step, block_start, blocks, activity, kept, object_row, block_row)


Laid = tuple[Ints, Codes, Floats, Codes, Ints, Codes, Floats, Codes]


def _laid(s: Sessions, wanted: np.ndarray) -> Laid:
    return laid_out(s.run_start, s.run_cell, s.run_events, s.cell_object, s.cell_block, wanted, s.n_blocks)


@nb.njit(cache=True, nogil=True)
def laid_out(
    run_start: Ints,
    run_cell: Codes,
    run_events: Codes,
    cell_object: Codes,
    cell_block: Codes,
    wanted: np.ndarray,
    n_blocks: int,
) -> Laid:
    """The runs of accounts that are wanted, summed by object and by block.

    Where an account's objects begin, the object, its events d, and which of these rows each run is in; then the same
    for its blocks, in order, with its events A there.
    """
    n, rows, block_rows, runs = len(run_start) - 1, 0, 0, 0
    start, block_start = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    seen = np.full(n_blocks, -1, dtype=np.int32)
    for u in range(n):
        if wanted[u]:
            before = -1
            runs += run_start[u + 1] - run_start[u]
            for k in range(run_start[u], run_start[u + 1]):
                obj, block = cell_object[run_cell[k]], cell_block[run_cell[k]]
                rows, before = rows + (obj != before), obj
                block_rows, seen[block] = block_rows + (seen[block] != u), u
        start[u + 1], block_start[u + 1] = rows, block_rows
    objects, d, object_row = np.empty(rows, np.int32), np.zeros(rows), np.empty(runs, np.int32)
    blocks, activity, block_row = np.empty(block_rows, np.int32), np.zeros(block_rows), np.empty(runs, np.int32)
    place = np.zeros(n_blocks, dtype=np.int32)
    seen[:] = -1
    run, row, to = 0, -1, 0
    for u in range(n):
        if not wanted[u]:
            continue
        before, first = -1, run
        for k in range(run_start[u], run_start[u + 1]):
            obj, block = cell_object[run_cell[k]], cell_block[run_cell[k]]
            if obj != before:
                row, before = row + 1, obj
                objects[row] = obj
            d[row] += run_events[k]
            object_row[run] = row
            if seen[block] != u:
                seen[block] = u
                blocks[to] = block
                to += 1
            run += 1
        blocks[block_start[u] : to].sort()
        for b in range(block_start[u], to):
            place[blocks[b]] = b
        for k in range(run_start[u], run_start[u + 1]):
            b = place[cell_block[run_cell[k]]]
            activity[b] += run_events[k]
            block_row[first] = b
            first += 1
    return start, objects, d, object_row, block_start, blocks, activity, block_row
