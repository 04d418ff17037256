"""Interest: on what each account acts, when it is active, and its attention to each of its objects (method.md, 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.background import Background
from campaign_analysis.counting_sort import order_by, starts
from campaign_analysis.expecting import Interests, attention
from campaign_analysis.parallel import Share, each, shares
from campaign_analysis.sessions import Sessions


@dataclass(frozen=True)
class Activity:
    """For each account its blocks, in order, with its events A there on any object."""

    start: Ints
    block: Codes
    activity: Floats


def activity_of(s: Sessions) -> Activity:
    """A of all accounts."""
    *_, start, block, activity, _, _ = _laid(s, np.ones(len(s.run_start) - 1, dtype=np.bool_))
    return Activity(start, block, activity)


@dataclass(frozen=True)
class Interest:
    """The interests of accounts. `kept` are their runs, of each of which the two last say where its rows stand."""

    rows: Interests
    kept: np.ndarray
    object_row: Codes
    block_row: Codes


def interest_of(b: Background, wanted: np.ndarray) -> Interest:
    """For accounts that are wanted (one boolean an account). Runs are sorted by account, object and block."""
    s = b.sessions
    start, objects, d, once, first, object_row, block_start, blocks, activity, posts, block_row = _laid(s, wanted)
    totals = np.zeros((2, len(objects)))
    row_start = starts(objects, len(s.object_start) - 1)
    rows = order_by(objects, row_start)
    row_account = np.repeat(np.arange(len(start) - 1, dtype=np.int32), np.diff(start))
    cost = np.bincount(objects, weights=np.diff(block_start)[row_account], minlength=len(row_start) - 1)

    def part(share: Share) -> None:
        attention(
            *share, rows, row_start, row_account, block_start, blocks, activity,
            s.object_start, s.cell_block, b.profile, b.session, s.n_blocks, *totals,
        )  # fmt: skip

    each(part, shares(cost.astype(np.int64)))
    together, in_step = d / totals
    kept = np.repeat(wanted, np.diff(s.run_start))
    per_event = (once / d).astype(np.float32)
    laid = Interests(start, objects, together, in_step, per_event, d, first, block_start, blocks, activity, posts)
    return Interest(laid, kept, object_row, block_row)


Laid = tuple[Ints, Codes, Floats, Floats, Codes, Codes, Ints, Codes, Floats, Floats, Codes]


def _laid(s: Sessions, wanted: np.ndarray) -> Laid:
    """The runs of accounts that are wanted, summed by object and by block.

    Where an account's objects begin, the object, its events d, the sum over these of 1 / sqrt(objects of their post),
    the first of them by account, and which of these rows each run is in; then where its blocks begin, the blocks, in
    order, its events A and its posts there, and the row of each run.
    """
    parts = shares(np.diff(s.run_start) * wanted)
    begins = np.zeros((3, len(wanted) + 1), dtype=np.int64)  # of an account's objects, blocks and runs

    def count(share: Share) -> None:
        count_rows(*share, s.run_start, s.run_cell, s.cell_object, s.cell_block, wanted, s.n_blocks, *begins)

    each(count, parts)
    start, block_start, kept_start = np.cumsum(begins, axis=1, out=begins)
    rows, block_rows, kept = begins[:, -1].tolist()
    objects, d, once = np.empty(rows, np.int32), np.zeros(rows), np.zeros(rows)
    first, object_row = np.empty(rows, np.int32), np.empty(kept, np.int32)
    blocks, activity, posts = np.empty(block_rows, np.int32), np.zeros(block_rows), np.zeros(block_rows)
    block_row = np.empty(kept, np.int32)

    def lay(share: Share) -> None:
        lay_out(
            *share, s.run_start, s.run_cell, s.run_events, s.cell_object, s.cell_block, wanted, s.n_blocks, kept_start,
            s.by_account, s.account_start, s.event, s.events.post, s.posts.once, s.posts.number,
            start, objects, d, once, first, object_row, block_start, blocks, activity, posts, block_row,
        )  # fmt: skip

    each(lay, parts)
    return start, objects, d, once, first, object_row, block_start, blocks, activity, posts, block_row


@nb.njit(cache=True, nogil=True)
def count_rows(
    first: int,
    last: int,
    run_start: Ints,
    run_cell: Codes,
    cell_object: Codes,
    cell_block: Codes,
    wanted: np.ndarray,
    n_blocks: int,
    objects: Ints,
    blocks: Ints,
    runs: Ints,
) -> None:
    """Objects, blocks and runs of accounts in [first, last) that are wanted; account u's stand at u + 1."""
    seen = np.full(n_blocks, -1, dtype=np.int32)
    for u in range(first, last):
        if not wanted[u]:
            continue
        before = -1
        for k in range(run_start[u], run_start[u + 1]):
            obj, block = cell_object[run_cell[k]], cell_block[run_cell[k]]
            objects[u + 1] += obj != before
            blocks[u + 1] += seen[block] != u
            before, seen[block] = obj, u
        runs[u + 1] = run_start[u + 1] - run_start[u]


@nb.njit(cache=True, nogil=True)
def lay_out(
    first: int,
    last: int,
    run_start: Ints,
    run_cell: Codes,
    run_events: Codes,
    cell_object: Codes,
    cell_block: Codes,
    wanted: np.ndarray,
    n_blocks: int,
    kept_start: Ints,
    by_account: Codes,
    account_start: Ints,
    event: Codes,
    post: Codes,
    of_event: NDArray[np.float32],
    n_posts: int,
    start: Ints,
    objects: Codes,
    d: Floats,
    once: Floats,
    first_event: Codes,
    object_row: Codes,
    block_start: Ints,
    blocks: Codes,
    activity: Floats,
    posts: Floats,
    block_row: Codes,
) -> None:
    """Fill in the rows of accounts in [first, last), of which `count_rows` told where they begin."""
    place, seen = np.zeros(n_blocks, dtype=np.int32), np.full(n_blocks, -1, dtype=np.int32)
    told = np.zeros(n_posts, dtype=np.bool_)  # posts that are counted
    for u in range(first, last):
        if not wanted[u]:
            continue
        before, row, run, to, at = -1, start[u] - 1, kept_start[u], block_start[u], account_start[u]
        for k in range(run_start[u], run_start[u + 1]):
            obj, block = cell_object[run_cell[k]], cell_block[run_cell[k]]
            if obj != before:
                row, before = row + 1, obj
                objects[row] = obj
                first_event[row] = at
            d[row] += run_events[k]
            for _ in range(run_events[k]):
                once[row] += of_event[event[by_account[at]]]
                at += 1
            object_row[run] = row
            if seen[block] != u:
                seen[block] = u
                blocks[to] = block
                to += 1
            run += 1
        blocks[block_start[u] : to].sort()
        for b in range(block_start[u], to):
            place[blocks[b]] = b
        run, at = kept_start[u], account_start[u]
        for k in range(run_start[u], run_start[u + 1]):
            b = place[cell_block[run_cell[k]]]
            activity[b] += run_events[k]
            for _ in range(run_events[k]):
                e = event[by_account[at]]
                posts[b] += not told[post[e]]
                told[post[e]] = True
                at += 1
            block_row[run] = b
            run += 1
