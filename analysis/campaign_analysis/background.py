"""What the crowd explains: cells with their profile, and the chance that two events inside one coincide.

A cell is an (object, block). Formulas are numbered as in docs/method.md, part 3.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis import coaction
from campaign_analysis.events import SECOND, Codes, Events, Floats, Ints

PRIOR = 10.0  # a: pseudo-pairs at the uniform chance, added to each cell
LEAST_WEIGHT = 0.05  # phi: weight of an event all of whose partners are repeat partners
SMOOTH = 5  # the block's own curve is smoothed over this many windows
THREADS = os.cpu_count() or 1


@dataclass(frozen=True)
class Scale:
    """A time window and a block, in seconds."""

    window: int
    block: int


@dataclass(frozen=True)
class Posts:
    """The objects of each post as rarity ranks, ascending; `rank[object]` is 0 for the rarest object."""

    rank: Codes
    start: Ints
    ranks: Codes


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
    order = np.lexsort((ranks, events.post))
    n_posts = int(events.post.max()) + 1 if len(events) else 0
    start = np.zeros(n_posts + 1, dtype=np.int64)
    np.cumsum(np.bincount(events.post, minlength=n_posts), out=start[1:])
    return Posts(rank, start, ranks[order])


@dataclass(frozen=True)
class Sessions:
    """Collapsed events of one scale with their cells, and each account's runs of events in a cell.

    Cells are sorted by (object, block); blocks with any event are numbered in order, `block_time` is when they start
    (epoch ms). Runs are sorted by (account, cell): run k of account u is for k in [run_start[u], run_start[u + 1]),
    and says its cell and number of events.
    """

    account: Codes
    post: Codes
    rank: Codes
    time: Ints
    cell: Codes
    by_account: Ints
    account_start: Ints
    cell_object: Codes
    cell_block: Codes
    object_start: Ints
    run_cell: Codes
    run_events: Codes
    run_start: Ints
    block_time: Ints

    @property
    def n_cells(self) -> int:
        return len(self.cell_object)

    @property
    def n_blocks(self) -> int:
        return len(self.block_time)


def sessions_of(events: Events, posts: Posts, scale: Scale) -> Sessions:
    """Collapse repeats at one scale and lay the events into cells."""
    window, length = scale.window * SECOND, scale.block * SECOND
    with_events, block = np.unique(events.time // length, return_inverse=True)  # gaps may be centuries
    order = np.argsort(events.account, kind="stable")
    keep = np.empty(len(events), dtype=np.bool_)
    keep[order] = coaction.keep_first(
        events.account[order], events.object[order], events.time[order], block[order], window
    )
    account, obj, block = events.account[keep], events.object[keep], block[keep]
    edge = np.ones(len(account), dtype=np.bool_)
    edge[1:] = (obj[1:] != obj[:-1]) | (block[1:] != block[:-1])
    cell = (np.cumsum(edge) - 1).astype(np.int32)
    by_account = np.argsort(account, kind="stable")
    run_account, run_cell, run_events = _runs(account[by_account], cell[by_account])
    return Sessions(
        account=account,
        post=events.post[keep],
        rank=posts.rank[obj],
        time=events.time[keep],
        cell=cell,
        by_account=by_account,
        account_start=starts(account, len(events.accounts)),
        cell_object=obj[edge],
        cell_block=block[edge].astype(np.int32),
        object_start=starts(obj[edge], len(events.objects)),
        run_cell=run_cell,
        run_events=run_events,
        run_start=starts(run_account, len(events.accounts)),
        block_time=with_events * length,
    )


def starts(codes: np.ndarray, n: int) -> Ints:
    """Where the rows of each code begin once rows are sorted by code, and one past the last: n + 1 positions."""
    start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(codes, minlength=n), out=start[1:])
    return start


def _runs(account: Codes, cell: Codes) -> tuple[Codes, Codes, Codes]:
    """Lengths of the stretches of equal (account, cell)."""
    edge = np.ones(len(account), dtype=np.bool_)
    edge[1:] = (account[1:] != account[:-1]) | (cell[1:] != cell[:-1])
    at = np.flatnonzero(edge)
    return account[at], cell[at], np.diff(np.append(at, len(account))).astype(np.int32)


@dataclass(frozen=True)
class Background:
    """One scale, ready for testing: repeat pairs (u < v, n episodes) and what the crowd explains in each cell.

    `profile` is K', `together` and `in_step` the chance kappa that an event of u and one of v in the cell coincide
    under either claim; `uniform` the same for two uniform times (cells without events). `cascade` is for each object
    the chance that two of all its events are in one block and within the window, everybody included; `partners` is c_e.
    """

    scale: Scale
    sessions: Sessions
    u: Codes
    v: Codes
    n: Codes
    profile: Floats
    together: Floats
    in_step: Floats
    uniform: float
    cascade: Floats
    partners: Ints


def background_of(events: Events, posts: Posts, scale: Scale) -> Background:
    """Count co-actions at one scale and derive the background of both claims."""
    s = sessions_of(events, posts, scale)
    left, right = coaction.reach(s.time, s.cell, scale.window * SECOND)
    args = (s.account, s.post, s.rank, left, right, posts.start, posts.ranks)
    partners = coaction.partners_of_events(*args)
    u, v, n = _repeat_pairs(s, posts, partners, left, right)
    repeats = _repeat_partners(s, args, u, v)
    weight = np.ones(len(partners))
    met = partners > 0
    weight[met] = np.maximum(LEAST_WEIGHT, 1 - repeats[met] / partners[met])
    uniform = uniform_chance(scale.window, scale.block, events.clock / SECOND)
    together, in_step = _chances(s, scale, events.clock / SECOND, uniform, partners, repeats, (u, v))
    profile = np.asarray(1 + np.bincount(s.cell, weights=weight, minlength=s.n_cells), dtype=np.float64)
    cascade = _cascade(s, partners, len(events.objects))
    return Background(scale, s, u, v, n, profile, together, in_step, uniform, cascade, partners)


def _cascade(s: Sessions, partners: Ints, n_objects: int) -> Floats:
    """For each object the share of its ordered pairs of events (of different accounts) that co-act."""
    obj = s.cell_object[s.cell]
    met = np.bincount(obj, weights=partners, minlength=n_objects)
    size = np.bincount(obj, minlength=n_objects).astype(np.float64)
    n_accounts = len(s.account_start) - 1
    pairs, own = np.unique(obj.astype(np.int64) * n_accounts + s.account, return_counts=True)
    every = size**2 - np.bincount(pairs // n_accounts, weights=own.astype(np.float64) ** 2, minlength=n_objects)
    return np.asarray(met / np.maximum(every, 1.0), dtype=np.float64)


def uniform_chance(window: float, block: float, tick: float) -> float:
    """kappa_0: the chance that two uniform times of a block, on a clock of `tick` seconds, are within the window."""
    m = max(1, round(block / tick))
    k = min(m - 1, int(window // tick))
    return ((2 * k + 1) * m - k * (k + 1)) / m**2


def _shares(cost: Ints) -> list[tuple[int, int]]:
    """Ranges of accounts of about equal cost, a few for each thread."""
    total = np.cumsum(cost)
    if not len(total) or total[-1] == 0:
        return []
    parts = 4 * THREADS
    edges = np.searchsorted(total, np.arange(1, parts) * total[-1] / parts)
    bounds = np.unique(np.concatenate(([0], edges, [len(cost)])))
    return list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))


def _repeat_pairs(s: Sessions, posts: Posts, partners: Ints, left: Ints, right: Ints) -> tuple[Codes, Codes, Codes]:
    meeting = np.bincount(s.account, weights=partners > 0, minlength=len(s.run_start) - 1)
    candidate = (meeting >= 2) & (np.diff(s.run_start) >= 2)  # two cells at least, or no two episodes
    cost = np.bincount(s.account, weights=right - left, minlength=len(candidate)).astype(np.int64) * candidate

    def part(share: tuple[int, int]) -> tuple[Codes, Codes, Codes]:
        return coaction.repeat_pairs(
            *share,
            s.by_account,
            s.account_start,
            candidate,
            s.account,
            s.cell,
            s.post,
            s.rank,
            left,
            right,
            posts.start,
            posts.ranks,
        )

    none = np.empty(0, dtype=np.int32)
    with ThreadPoolExecutor(THREADS) as pool:
        parts = [(none, none, none), *pool.map(part, _shares(cost))]
    u, v, n = (np.concatenate([p[i] for p in parts]) for i in range(3))
    order = np.lexsort((v, u))
    return u[order], v[order], n[order]


def _repeat_partners(s: Sessions, args: tuple[np.ndarray, ...], u: Codes, v: Codes) -> Ints:
    """r_e of every event."""
    n_accounts = len(s.account_start) - 1
    both_u, both_v = np.concatenate((u, v)), np.concatenate((v, u))
    order = np.argsort(both_u, kind="stable")
    partner_start, partners = starts(both_u, n_accounts), both_v[order]
    account, post, rank, left, right, start, ranks = args
    cost = np.bincount(account, weights=right - left, minlength=n_accounts).astype(np.int64)
    cost *= np.diff(partner_start) > 0
    out = np.zeros(len(account), dtype=np.int64)

    def part(share: tuple[int, int]) -> None:
        coaction.repeat_partners_of_events(
            *share,
            s.by_account,
            s.account_start,
            partner_start,
            partners,
            account,
            post,
            rank,
            left,
            right,
            start,
            ranks,
            out,
        )

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(part, _shares(cost)))
    return out


def _chances(
    s: Sessions,
    scale: Scale,
    tick: float,
    uniform: float,
    partners: Ints,
    repeats: Ints,
    pairs: tuple[Codes, Codes],
) -> tuple[Floats, Floats]:
    """kappa of *together* and of *in step* for every cell (method.md, part 3, step 4)."""
    cells = s.n_cells
    met = np.bincount(s.cell, weights=partners, minlength=cells)
    met_repeat = np.bincount(s.cell, weights=repeats, minlength=cells)
    size = np.bincount(s.cell, minlength=cells).astype(np.float64)
    own = np.bincount(s.run_cell, weights=s.run_events.astype(np.float64) ** 2, minlength=cells)
    every = size**2 - own
    prior = PRIOR * uniform
    together = (met - met_repeat + prior) / (every - met_repeat + PRIOR)
    known = event_pairs_of_partners(*pairs, s.run_start, s.run_cell, s.run_events, cells)
    passers_by = (met - met_repeat + prior) / (every - known + PRIOR)
    wide = min(SMOOTH * scale.window, scale.block)
    left, right = coaction.reach(s.time, s.cell, wide * SECOND)
    near = np.bincount(s.cell, weights=right - left, minlength=cells)
    near -= own_pairs_within(s.by_account, s.account_start, s.cell, s.time, wide * SECOND, cells)
    curve = (near * uniform / uniform_chance(wide, scale.block, tick) + prior) / (every + PRIOR)
    return np.minimum(together, 1.0), np.minimum(np.maximum(passers_by, curve), 1.0)


@nb.njit(cache=True, nogil=True)
def event_pairs_of_partners(
    u: Codes, v: Codes, run_start: Ints, run_cell: Codes, run_events: Codes, cells: int
) -> np.ndarray:
    """S of each cell: ordered pairs of events there whose authors are repeat partners, whether or not they co-act."""
    out = np.zeros(cells)
    mine = np.zeros(cells, dtype=np.int32)
    for p in range(len(u)):
        if p == 0 or u[p] != u[p - 1]:
            if p > 0:
                for k in range(run_start[u[p - 1]], run_start[u[p - 1] + 1]):
                    mine[run_cell[k]] = 0
            for k in range(run_start[u[p]], run_start[u[p] + 1]):
                mine[run_cell[k]] = run_events[k]
        for k in range(run_start[v[p]], run_start[v[p] + 1]):
            if mine[run_cell[k]]:
                out[run_cell[k]] += 2.0 * mine[run_cell[k]] * run_events[k]
    return out


@nb.njit(cache=True, nogil=True)
def own_pairs_within(
    by_account: Ints, account_start: Ints, cell: Codes, time: Ints, window: int, cells: int
) -> np.ndarray:
    """Ordered pairs of events of one account (an event with itself included) within the window, in each cell."""
    out = np.zeros(cells)
    for u in range(len(account_start) - 1):
        a = account_start[u]
        for k in range(account_start[u], account_start[u + 1]):
            e = by_account[k]
            while cell[by_account[a]] != cell[e] or time[e] - time[by_account[a]] > window:
                a += 1
            out[cell[e]] += 1 + 2 * (k - a)
    return out
