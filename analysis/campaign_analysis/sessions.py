"""Events at one scale: repeats collapsed, laid into cells (an object in a block), and the objects of each post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numba as nb
import numpy as np
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes, Ints, Marks, dense
from campaign_analysis.counting_sort import order_by, starts
from campaign_analysis.events import SECOND, Events
from campaign_analysis.laying import cells_of, keep_first, lay_runs
from campaign_analysis.parallel import Share, both, each, shares


@dataclass(frozen=True)
class Scale:
    """A time window and a block, in seconds.

    `weight`: how much of the error may be spent at this scale, 1 if it is as good as others. One of less links nobody
    who is merely together: it is for pairs in step alone.
    """

    window: int
    block: int
    weight: float = field(default=1.0, compare=False)

    @property
    def width(self) -> tuple[int, int]:
        """By what one scale is wider than another: whoever meets at the narrower meets at it too."""
        return self.window, self.block


def corrections(scales: Sequence[Scale]) -> list[float]:
    """By what p of each scale is multiplied, so that the smallest over all of them is a p again.

    The more weight a scale has, the less: scales of one weight are multiplied by their number (weighted p-values,
    Genovese, Roeder & Wasserman 2006).
    """
    whole = sum(s.weight for s in scales)
    return [whole / s.weight for s in scales]


@dataclass(frozen=True)
class Posts:
    """The objects of each post as rarity ranks, ascending; `rank[object]` is 0 for the rarest object.

    `rarer` marks each event by the rarer objects of its post, one bit of 32 an object, and is 0 where there are none:
    two events without a common bit share none. `once` is 1 / sqrt(objects of its post) of each event. `by_account` goes
    through the events by account, object and time; those of account u begin at account_start[u].
    """

    rank: Codes
    start: Ints
    ranks: Codes
    rarer: Marks
    once: NDArray[np.float32]
    by_account: Codes
    account_start: Ints

    @property
    def number(self) -> int:
        return len(self.start) - 1


def posts_of(events: Events, frequency: Ints | None = None) -> Posts:
    """Order each post's objects by rarity, so that two posts that share several meet on the rarest only.

    `frequency`: events of each object, where the events at hand are not all there are.
    """
    n_objects = len(events.objects)
    if frequency is None:
        frequency = np.bincount(events.object, minlength=n_objects)
    rank = np.empty(n_objects, dtype=np.int32)
    rank[np.lexsort((np.arange(n_objects), frequency))] = np.arange(n_objects, dtype=np.int32)
    ranks = rank[events.object]
    n_posts = int(events.post.max()) + 1 if len(events) else 0
    start, account_start = starts(events.post, n_posts), starts(events.account, len(events.accounts))
    of_post, by_account = both(
        lambda: _ranks_by_post(events.post, ranks, n_objects),
        lambda: order_by(events.account, account_start),
        len(events),
    )
    rarer = rarer_objects(events.post, ranks, start, of_post)
    once = (1 / np.sqrt(np.diff(start))).astype(np.float32)[events.post]
    return Posts(rank, start, of_post, rarer, once, by_account, account_start)


def _ranks_by_post(post: Codes, ranks: Codes, n_objects: int) -> Codes:
    """The ranks in the order of posts, ascending in each."""
    key = post.astype(np.int64)  # each step in place: there may be many
    key *= max(n_objects, 1)
    key += ranks
    key.sort()
    key %= max(n_objects, 1)
    return key.astype(np.int32)


@nb.njit(cache=True, nogil=True)
def rarer_objects(post: Codes, rank: Codes, start: Ints, ranks: Codes) -> np.ndarray:
    """A bit for each of the rarer objects of each event's post, by its rank modulo 32."""
    marks = np.zeros(len(post), dtype=np.uint32)
    for e in range(len(post)):
        i = start[post[e]]
        while ranks[i] < rank[e]:
            marks[e] |= np.uint32(1) << np.uint32(ranks[i] & 31)
            i += 1
    return marks


@dataclass(frozen=True)
class Sessions:
    """Collapsed events of one scale with their cells, and each account's runs of events in a cell.

    `event` says where each stands in `events`. Cells are sorted by (object, block), and the events of cell c are those
    at [cell_start[c], cell_start[c + 1]); blocks with any event are numbered
    in order, `block_time` is when they start (epoch ms). Runs are sorted by (account, cell): run k of account u is for
    k in [run_start[u], run_start[u + 1]), and says its cell and number of events.
    """

    events: Events
    posts: Posts
    event: Codes
    account: Codes
    cell: Codes
    by_account: Codes
    account_start: Ints
    cell_start: Ints
    cell_object: Codes
    cell_block: Codes
    object_start: Ints
    run_cell: Codes
    run_events: Codes
    run_start: Ints
    block_time: Ints

    @property
    def time(self) -> Ints:
        """When each event was, in epoch ms."""
        return self.events.time[self.event]

    def time_of(self, at: Ints) -> Ints:
        """When the events at these positions were, in epoch ms."""
        return self.events.time[self.event[at]]

    @property
    def post(self) -> Codes:
        """The post of each event."""
        return self.events.post[self.event]

    @property
    def rank(self) -> Codes:
        """The rarity of each event's object."""
        return self.posts.rank[self.events.object[self.event]]

    @property
    def rarer(self) -> Marks:
        """The marks of the rarer objects of each event's post."""
        return self.posts.rarer[self.event]

    @property
    def run(self) -> Codes:
        """The run of each event."""
        run = np.empty(len(self.cell), dtype=np.int32)
        run[self.by_account] = np.repeat(np.arange(len(self.run_cell), dtype=np.int32), self.run_events)
        return run

    @property
    def n_cells(self) -> int:
        return len(self.cell_object)

    @property
    def n_blocks(self) -> int:
        return len(self.block_time)


def sessions_of(events: Events, posts: Posts, scale: Scale) -> Sessions:
    """Collapse repeats at one scale and lay the events into cells."""
    window, length = scale.window * SECOND, scale.block * SECOND
    with_events, block = dense(events.time // length)
    parts = shares(np.diff(posts.account_start))
    keep, kept_start, run_start = _kept(events, posts, block, window, parts)
    event, place, cell, cell_start = cells_of(keep, events.object, block)
    by_account, run_cell, run_events = _runs(posts, place, cell, kept_start, run_start, parts)
    first = event[cell_start[:-1]]  # event of each cell
    cell_object = events.object[first]
    return Sessions(
        events=events,
        posts=posts,
        event=event,
        account=events.account[event],
        cell=cell,
        by_account=by_account,
        account_start=kept_start,
        cell_start=cell_start,
        cell_object=cell_object,
        cell_block=block[first],
        object_start=starts(cell_object, len(events.objects)),
        run_cell=run_cell,
        run_events=run_events,
        run_start=run_start,
        block_time=with_events * length,
    )


def _kept(
    events: Events, posts: Posts, block: Codes, window: int, parts: Sequence[Share]
) -> tuple[np.ndarray, Ints, Ints]:
    """Which events stay when repeats collapse, and where those of each account begin, and its runs, once in order."""
    n = len(events.accounts)
    keep, kept, runs = np.ones(len(events), dtype=np.bool_), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)

    def part(share: Share) -> None:
        order, start = posts.by_account, posts.account_start
        keep_first(*share, order, start, events.object, events.time, block, window, keep, kept, runs)

    each(part, parts)
    return keep, _begins(kept), _begins(runs)


def _begins(sizes: Ints) -> Ints:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))


def _runs(
    posts: Posts, place: Codes, cell: Codes, kept_start: Ints, run_start: Ints, parts: Sequence[Share]
) -> tuple[Codes, Codes, Codes]:
    """Kept events by account, and the cell and the number of events of each run."""
    order = np.empty(len(cell), dtype=np.int32)
    run_cell, run_events = np.empty(run_start[-1], dtype=np.int32), np.empty(run_start[-1], dtype=np.int32)

    def part(share: Share) -> None:
        by_account, start = posts.by_account, posts.account_start
        lay_runs(*share, by_account, start, place, cell, kept_start, run_start, order, run_cell, run_events)

    each(part, parts)
    return order, run_cell, run_events
