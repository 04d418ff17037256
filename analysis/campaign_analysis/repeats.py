"""Repeat partners: pairs of accounts with two episodes or more, and what they share (docs/method.md, part 3).

Memory grows with the events and with the pairs that met twice, not with the number of co-actions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints, Marks, order_by, starts
from campaign_analysis.coaction import rarer_shared, reach
from campaign_analysis.errors import AnalysisError
from campaign_analysis.parallel import Say, Share, in_parts, shares, silent
from campaign_analysis.sessions import Posts, Sessions

MOST = 100_000_000  # pairs that met twice: a gigabyte, and several while they are sorted
LONG = 1_000_000_000  # pairs of events from which it is said how many are to be looked at
SPEED = 300_000_000  # pairs of events that a core looks at in a second, roughly


def repeat_pairs(s: Sessions, posts: Posts, window: int, say: Say = silent) -> tuple[Codes, Codes, Codes]:
    """Pairs (u, v), u < v, in order, with their number of episodes: cells in which they co-act within `window` ms.

    Only those with two or more. Raises AnalysisError where there are more than memory should hold.
    """
    met = _could_meet_twice(s, window)
    if not len(met.event):
        none = np.empty(0, dtype=np.int32)
        return none, none, none
    left, right = reach(s.time[met.event], s.cell[met.event], window)
    cost = np.bincount(met.account, weights=right - left, minlength=len(met.name)).astype(np.int64)
    pairs = int(cost.sum()) // 2
    if pairs > LONG:
        say(f"{pairs:,} pairs of acts to look at, some {1 + pairs // SPEED:,} s on one core")
    found = 0

    def part(share: Share) -> tuple[Codes, Codes, Codes]:
        nonlocal found
        u, v, n = pairs_of_accounts(
            *share,
            len(met.name),
            met.account,
            met.event,
            s.cell,
            s.time,
            s.rarer,
            s.post,
            s.rank,
            posts.start,
            posts.ranks,
            window,
        )
        found += len(u)
        if found > MOST:
            raise AnalysisError(
                f"more than {MOST:,} pairs of accounts met twice or more within {window // 1000} s: "
                "ask for a shorter time (--since, --until) or a shorter --window"
            )
        return met.name[u], met.name[v], n

    parts = list(in_parts(part, shares(cost), say, "counting co-actions"))
    a, b, n = (np.concatenate([p[i] for p in parts]) for i in range(3))
    u, v = np.minimum(a, b), np.maximum(a, b)
    order = np.argsort(u * np.int64(len(s.account_start)) + v)
    return u[order], v[order], n[order]


@dataclass(frozen=True)
class _Met:
    """Events of the accounts that may have met somebody twice: `account` numbers these, `name` gives their codes.

    Accounts with the most events come first: with them gone, the fewest events are left to look at.
    """

    event: Codes
    account: Codes
    name: Codes


def _could_meet_twice(s: Sessions, window: int) -> _Met:
    """Leave out whoever has not met others in two cells, then whoever has met only those, and so on a few times."""
    event = np.arange(len(s.account), dtype=np.int32)
    n_accounts = len(s.account_start) - 1
    for _ in range(ROUNDS):
        account = s.account[event]
        cells = cells_met(s.cell[event], s.time[event], account, window, n_accounts)
        keep = cells[account] >= 2
        event = event[keep]
        if keep.sum() >= FEW_LEFT_OUT * len(keep):
            break
    account = s.account[event]
    events = np.bincount(account, minlength=n_accounts)
    name = np.flatnonzero(events).astype(np.int32)
    name = name[np.argsort(-events[name], kind="stable")]
    number = np.zeros(n_accounts, dtype=np.int32)
    number[name] = np.arange(len(name), dtype=np.int32)
    return _Met(event, number[account], name)


ROUNDS, FEW_LEFT_OUT = 4, 0.9


@nb.njit(cache=True, nogil=True)
def cells_met(cell: Codes, time: Ints, account: Codes, window: int, n_accounts: int) -> np.ndarray:
    """For each account the cells in which somebody else's event is next to one of its own within the window.

    Events are sorted by cell and time, and an account's own in a cell are further apart than the window.
    """
    cells = np.zeros(n_accounts, dtype=np.int32)
    last = np.full(n_accounts, -1, dtype=np.int32)
    for i in range(len(time)):
        before = i > 0 and cell[i - 1] == cell[i] and time[i] - time[i - 1] <= window
        after = i + 1 < len(time) and cell[i + 1] == cell[i] and time[i + 1] - time[i] <= window
        if (before or after) and last[account[i]] != cell[i]:
            last[account[i]] = cell[i]
            cells[account[i]] += 1
    return cells


@nb.njit(cache=True, nogil=True)
def pairs_of_accounts(
    first: int,
    last: int,
    n_accounts: int,
    account: Codes,
    event: Codes,
    cell: Codes,
    time: Ints,
    rarer: Marks,
    post: Codes,
    rank: Codes,
    start: Ints,
    ranks: Codes,
    window: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs (u, v), u in [first, last), u < v, with two episodes or more, and how many.

    `account` and `event` are the events that count, in order. Those of accounts before `first` are left out at once,
    so that all parts together look at each pair of events once. One account at a time: memory is O(events).
    """
    rest = np.flatnonzero(account >= first).astype(np.int32)
    who = account[rest]
    at = event[rest]
    cells, marks = cell[at], rarer[at]
    left, right = reach(time[at], cells, window)
    here = np.flatnonzero(who < last).astype(np.int32)
    begin = np.zeros(last - first + 1, dtype=np.int64)
    for i in here:
        begin[who[i] - first + 1] += 1
    begin = np.cumsum(begin)
    mine = here[order_by(who[here] - first, begin)]
    seen = np.full((n_accounts, 2), -1, dtype=np.int32)  # of each partner: the last run it was met in, its episodes
    size = 1024
    us, vs, ns = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    met = np.empty(n_accounts, dtype=np.int32)
    found, run = 0, 0
    for u in range(first, last):
        run += 1
        my_first = run
        repeated = 0
        before = -1
        for k in range(begin[u - first], begin[u - first + 1]):
            i = mine[k]
            if cells[i] != before:
                before = cells[i]
                run += 1
            for j in range(left[i], right[i]):
                v = who[j]
                if v <= u or seen[v, 0] == run:
                    continue
                if marks[i] & marks[j] and rarer_shared(post[at[i]], post[at[j]], rank[at[i]], start, ranks):
                    continue
                if seen[v, 0] < my_first:
                    seen[v, 1] = 1
                else:
                    seen[v, 1] += 1
                    if seen[v, 1] == 2:
                        met[repeated] = v
                        repeated += 1
                seen[v, 0] = run
        while found + repeated > size:
            size *= 2
            us, vs, ns = grown(us, size), grown(vs, size), grown(ns, size)
        for k in range(repeated):
            us[found], vs[found], ns[found] = u, met[k], seen[met[k], 1]
            found += 1
    return us[:found].copy(), vs[:found].copy(), ns[:found].copy()


@nb.njit(cache=True, nogil=True)
def grown(values: Codes, size: int) -> np.ndarray:
    """A longer copy."""
    larger = np.empty(size, values.dtype)
    larger[: len(values)] = values
    return larger


def met_partners(s: Sessions, posts: Posts, pairs: tuple[Codes, Codes], window: int, say: Say = silent) -> Codes:
    """r_e of every event: the co-acting events of the author's repeat partners."""
    runs = np.diff(s.run_start)
    few_u = runs[pairs[0]] < runs[pairs[1]]  # the runs of the account that has more are looked up by those of the other
    more, fewer = np.where(few_u, pairs[1], pairs[0]), np.where(few_u, pairs[0], pairs[1])
    begin = starts(more, len(runs))
    fewer = fewer[order_by(more, begin)]
    met = np.zeros(len(s.account), dtype=np.int32)
    run_event = np.concatenate(([0], np.cumsum(s.run_events, dtype=np.int64)))

    def part(share: Share) -> Codes:
        return met_of_accounts(
            *share, begin, fewer, s.run_start, s.run_cell, run_event, s.by_account, s.time, s.rarer, s.post, s.rank,
            posts.start, posts.ranks, s.n_cells, window,
        )  # fmt: skip

    looked_up = np.concatenate(([0], np.cumsum(runs[fewer], dtype=np.int64)))
    cost = looked_up[begin[1:]] - looked_up[begin[:-1]] + np.where(np.diff(begin), runs, 0)
    for r in in_parts(part, shares(cost * STEPS), say, "weighing co-actions"):
        met += r
    return met


STEPS = 20  # of a part, for one run that is looked up


@nb.njit(cache=True, nogil=True)
def met_of_accounts(
    first: int,
    last: int,
    begin: Ints,
    partners: Codes,
    run_start: Ints,
    run_cell: Codes,
    run_event: Ints,
    by_account: Codes,
    time: Ints,
    rarer: Marks,
    post: Codes,
    rank: Codes,
    start: Ints,
    ranks: Codes,
    n_cells: int,
    window: int,
) -> np.ndarray:
    """r_e from the pairs of accounts [first, last) with their partners at [begin[u], begin[u + 1])."""
    met = np.zeros(len(time), dtype=np.int32)
    mine = np.full(n_cells, -1, dtype=np.int32)
    for u in range(first, last):
        if begin[u] == begin[u + 1]:
            continue
        for k in range(run_start[u], run_start[u + 1]):
            mine[run_cell[k]] = k
        for p in range(begin[u], begin[u + 1]):
            for k in range(run_start[partners[p]], run_start[partners[p] + 1]):
                m = mine[run_cell[k]]
                if m < 0:
                    continue
                a = run_event[k]
                for i in range(run_event[m], run_event[m + 1]):
                    e = by_account[i]
                    while a < run_event[k + 1] and time[e] - time[by_account[a]] > window:
                        a += 1
                    j = a
                    while j < run_event[k + 1] and time[by_account[j]] - time[e] <= window:
                        f = by_account[j]
                        if not (rarer[e] & rarer[f] and rarer_shared(post[e], post[f], rank[e], start, ranks)):
                            met[e] += 1
                            met[f] += 1
                        j += 1
        for k in range(run_start[u], run_start[u + 1]):
            mine[run_cell[k]] = -1
    return met
