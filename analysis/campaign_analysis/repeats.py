"""Repeat partners: pairs of accounts with two episodes or more, and what they share (docs/method.md, part 3).

One account at a time, so memory grows with the events, not with the co-actions, nor with the pairs that met twice: in
an hour of 200,000 posts with one hashtag these are 60 million. Only those are listed that can be significant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints, Marks, starts
from campaign_analysis.coaction import rarer_shared, reach
from campaign_analysis.counting_sort import order_by
from campaign_analysis.errors import AnalysisError
from campaign_analysis.parallel import Say, Share, in_parts, shares, silent
from campaign_analysis.sessions import Posts, Sessions

ROUNDS, FEW_LEFT_OUT = 4, 0.9
FEW, EVENTS = 500_000, 2  # pairs, or one to so many events, that are listed without asking what is expected of them
MOST = 100_000_000  # pairs that are listed at all: more than a gigabyte, and several while they are sorted
LONG = 2_000_000_000  # pairs of acts from which it is said how long it may take
SPEED = 150_000_000  # pairs of acts that are looked at in a second, roughly
SLOTS = 1 << 15  # a power of two: what the second fastest memory of a core holds
ROUNDED = 0.999  # sums of small numbers are wrong by less than this, rounded


Pairs = tuple[Codes, Codes, Codes]  # u, v and the number of their episodes


class Acts(NamedTuple):
    """The events of accounts that may have met somebody twice, in order, and their reach among themselves.

    `event` are their positions in the sessions, `account` numbers the accounts anew, those with the most events
    first, and `name` gives their codes. The events of account k are mine[start[k]:start[k + 1]]. `objects` are the
    ranks of the posts' objects, of which those of post p begin at post_start[p].
    """

    event: Codes
    account: Codes
    cell: Codes
    rarer: Marks
    rank: Codes
    post: Codes
    left: Codes
    right: Codes
    mine: Codes
    start: Ints
    name: Codes
    post_start: Ints
    objects: Codes


@dataclass(frozen=True)
class Meetings:
    """Acts, the number of their pairs to look at, and parts of about equal work."""

    acts: Acts
    pairs: int
    shares: list[Share]


def meetings_of(s: Sessions, posts: Posts, window: int) -> Meetings:
    """Leave out whoever has not met others in two cells, then whoever has met only those, and so on a few times."""
    event, time = np.arange(len(s.account), dtype=np.int32), s.time
    n_accounts = len(s.account_start) - 1
    for _ in range(ROUNDS):
        met = cells_met(event, s.cell, time, s.account, window, n_accounts)
        left = event[met[s.account[event]] >= 2]
        few, event = len(left) >= FEW_LEFT_OUT * len(event), left
        if few:
            break
    account = s.account[event]
    events = np.bincount(account, minlength=n_accounts)
    name = np.flatnonzero(events).astype(np.int32)
    name = name[np.argsort(-events[name], kind="stable")]
    number = np.zeros(n_accounts, dtype=np.int32)
    number[name] = np.arange(len(name), dtype=np.int32)
    account, cell = number[account], s.cell[event]
    left, right = reach(time[event], cell, window)
    start = starts(account, len(name))
    at = s.event[event]
    cost = np.bincount(account, weights=right - left, minlength=len(name)).astype(np.int64)
    acts = Acts(
        event=event,
        account=account,
        cell=cell,
        rarer=posts.rarer[at],
        rank=posts.rank[s.events.object[at]],
        post=s.events.post[at],
        left=left,
        right=right,
        mine=order_by(account, start),
        start=start,
        name=name,
        post_start=posts.start,
        objects=posts.ranks,
    )
    return Meetings(acts, int(cost.sum()) // 2, shares(cost))


@nb.njit(cache=True, nogil=True)
def cells_met(event: Codes, cell: Codes, time: Ints, account: Codes, window: int, n_accounts: int) -> np.ndarray:
    """For each account the cells in which somebody else's event is next to one of its own within the window.

    Only these events, of those that are sorted by cell and time; an account's own in a cell are further apart than the
    window.
    """
    cells = np.zeros(n_accounts, dtype=np.int32)
    last = np.full(n_accounts, -1, dtype=np.int32)
    near = False  # to the event before
    for i in range(len(event)):
        e, before = event[i], near
        near = False
        if i + 1 < len(event):
            after = event[i + 1]
            near = cell[after] == cell[e] and time[after] - time[e] <= window
        if (before or near) and last[account[e]] != cell[e]:
            last[account[e]] = cell[e]
            cells[account[e]] += 1
    return cells


class Met(NamedTuple):
    """Whom one account met, while that is counted.

    Of each other account: `seen[:, 0]` is the last run (stretch of own events in one cell) in which it was met and
    `seen[:, 1]` the number of such runs. `slots` says the same of all accounts that share a slot, together: what
    small memory holds first says who may have been met twice, which few were. `partners` were.
    """

    seen: np.ndarray
    slots: np.ndarray
    partners: Codes
    repeated: Codes
    run: Ints


@nb.njit(cache=True, nogil=True)
def nobody(n_accounts: int, slots: int) -> Met:
    """Nobody met yet."""
    return Met(
        np.full((n_accounts, 2), -1, dtype=np.int32),
        np.full((slots, 2), -1, dtype=np.int32),
        np.empty(n_accounts, dtype=np.int32),
        np.zeros(n_accounts, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )


# What is in a tuple is counted by its references each time it is taken out: that is done before the loops.


@nb.njit(cache=True, nogil=True)
def may_repeat(u: int, a: Acts, met: Met) -> bool:
    """Count the runs of u in which anybody of a slot is met; whether that is worth it.

    It is where accounts are far more than slots, and u met fewer than there are slots.
    """
    account, cell, left, right, mine, slots = a.account, a.cell, a.left, a.right, a.mine, met.slots
    begin, end, last = a.start[u], a.start[u + 1], len(slots) - 1
    if len(a.name) < 4 * len(slots):
        return False
    visits = 0
    for k in range(begin, end):
        visits += right[mine[k]] - left[mine[k]]
    if 2 * visits > len(slots):
        return False
    run, before = met.run[0] + 1, -1
    first = run
    for k in range(begin, end):
        i = mine[k]
        if cell[i] != before:
            before = cell[i]
            run += 1
        for j in range(left[i], right[i]):
            slot = account[j] & last
            if slots[slot, 0] != run:
                slots[slot, 1] = 1 if slots[slot, 0] < first else slots[slot, 1] + 1
                slots[slot, 0] = run
    return True


@nb.njit(cache=True, nogil=True)
def partners_of(u: int, above: int, few: bool, a: Acts, met: Met) -> int:
    """Who, of accounts beyond `above`, co-acts with u in two cells or more, into `met`; how many.

    `few`: the slots say of whom that may be.
    """
    account, cell, left, right, mine = a.account, a.cell, a.left, a.right, a.mine
    rarer, post, rank, post_start, objects = a.rarer, a.post, a.rank, a.post_start, a.objects
    seen, slots, partners, last = met.seen, met.slots, met.partners, len(met.slots) - 1
    run, found, before = met.run[0] + 1, 0, -1
    first = run
    for k in range(a.start[u], a.start[u + 1]):
        i = mine[k]
        if cell[i] != before:
            before = cell[i]
            run += 1
        for j in range(left[i], right[i]):
            v = account[j]
            if few and slots[v & last, 1] < 2:
                continue
            if v <= above or v == u or seen[v, 0] == run:
                continue
            if rarer[i] & rarer[j] and rarer_shared(post[i], post[j], rank[i], post_start, objects):
                continue
            if seen[v, 0] < first:
                seen[v, 1] = 1
            else:
                seen[v, 1] += 1
                if seen[v, 1] == 2:
                    partners[found] = v
                    found += 1
            seen[v, 0] = run
    met.run[0] = run
    return found


@dataclass(frozen=True)
class Repeats:
    """What repeat partners share, and how many pairs of them are among the chosen accounts, listed where they are FEW.

    `met`: r_e, the co-acting events of the author's repeat partners, of every event.
    """

    met: Codes
    pairs: int
    listed: Pairs


def repeats_of(
    s: Sessions, m: Meetings, chosen: np.ndarray, say: Say = silent, authors: np.ndarray | None = None
) -> Repeats:
    """Count what repeat partners share; `chosen` has one boolean an account, and so has `authors`, for whose events
    alone it is counted.
    """
    if m.pairs > LONG:
        say(f"{m.pairs:,} pairs of acts to look at, which may take {1 + m.pairs // SPEED:,} s")
    met, pairs, allowed = np.zeros(len(s.account), dtype=np.int32), 0, chosen[m.acts.name]
    wanted = np.ones(len(allowed), dtype=np.bool_) if authors is None else authors[m.acts.name]
    lists: list[Pairs] = []
    few = max(FEW, len(s.account) // EVENTS)

    def part(share: Share) -> tuple[int, Pairs]:
        return repeats_of_accounts(*share, m.acts, wanted, allowed, SLOTS, few if pairs <= few else 0, met)

    for number, listed in in_parts(part, m.shares, say, "counting co-actions"):
        pairs += number
        lists = [*lists, listed] if pairs <= few else []
    return Repeats(met, pairs, _in_order(lists, m.acts.name))


def _in_order(lists: list[Pairs], name: Codes) -> Pairs:
    """All pairs by the names of their accounts, the lesser first, in order."""
    none = np.empty(0, dtype=np.int32)
    a, b, n = (np.concatenate([none, *(one[i] for one in lists)]) for i in range(3))
    u, v = np.minimum(name[a], name[b]), np.maximum(name[a], name[b])
    order = np.argsort(u * np.int64(1 << 32) + v)
    return u[order], v[order], n[order]


@nb.njit(cache=True, nogil=True)
def repeats_of_accounts(
    first: int, last: int, a: Acts, wanted: np.ndarray, chosen: np.ndarray, slots: int, keep: int, out: Codes
) -> tuple[int, Pairs]:
    """R_e of the events of wanted accounts in [first, last) into `out`; how many chosen pairs, and `keep` of them."""
    met = nobody(len(a.start) - 1, slots)
    us, vs, ns = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    pairs = 0
    for u in range(first, last):
        if not wanted[u]:
            continue
        few = may_repeat(u, a, met)
        found = partners_of(u, -1, few, a, met)
        if found == 0:
            continue
        met.repeated[met.partners[:found]] = 1
        repeats_of_events(u, few, a, met, out)
        while pairs < keep and pairs + found > len(us):
            us, vs, ns = grown(us), grown(vs), grown(ns)
        for v in met.partners[:found]:
            met.repeated[v] = 0
            if v > u and chosen[u] and chosen[v]:
                if pairs < min(keep, len(us)):
                    us[pairs], vs[pairs], ns[pairs] = u, v, met.seen[v, 1]
                pairs += 1
    kept = min(pairs, keep)
    return pairs, (us[:kept].copy(), vs[:kept].copy(), ns[:kept].copy())


@nb.njit(cache=True, nogil=True)
def repeats_of_events(u: int, few: bool, a: Acts, met: Met, out: Codes) -> None:
    """r_e of the events of u, whose repeat partners are marked, into `out`."""
    account, left, right, mine, event = a.account, a.left, a.right, a.mine, a.event
    rarer, post, rank, post_start, objects = a.rarer, a.post, a.rank, a.post_start, a.objects
    slots, repeated, last = met.slots, met.repeated, len(met.slots) - 1
    for k in range(a.start[u], a.start[u + 1]):
        i = mine[k]
        r = 0
        if not few and rarer[i] == 0:
            for j in range(left[i], right[i]):
                r += repeated[account[j]]
        else:
            for j in range(left[i], right[i]):
                v = account[j]
                if (few and slots[v & last, 1] < 2) or not repeated[v]:
                    continue
                if not (rarer[i] & rarer[j] and rarer_shared(post[i], post[j], rank[i], post_start, objects)):
                    r += 1
        out[event[i]] = r


def repeat_pairs(
    m: Meetings,
    chosen: np.ndarray | None = None,
    expected: Floats | None = None,
    most: Floats | None = None,
    say: Say = silent,
) -> Pairs:
    """Pairs (u, v), u < v, in order, with two episodes or more, and how many: cells in which they co-act.

    `chosen`: only pairs of these accounts (one boolean an account). `expected` and `most` leave out pairs that cannot
    be significant: of each event the expectation of its author in the cell times the root of the chance there, and
    the largest expectation at which n episodes are significant (most[n - 1]; the last is for all beyond). What a pair
    expects in the cells in which it met is part of all that it expects, so no pair is left out wrongly.
    Raises AnalysisError where there are more pairs than memory should hold.
    """
    name = m.acts.name
    allowed = np.ones(len(name), dtype=np.bool_) if chosen is None else chosen[name]
    weight = np.zeros(0) if expected is None else expected[m.acts.event]
    limit = np.full(1, np.inf) if most is None else most
    found = 0

    def part(share: Share) -> Pairs:
        nonlocal found
        u, v, n = pairs_of_accounts(*share, m.acts, allowed, SLOTS, weight, limit)
        found += len(u)
        if found > MOST:
            raise AnalysisError(
                f"more than {MOST:,} pairs of accounts met twice or more: "
                "ask for a shorter time (--since, --until) or a shorter --window"
            )
        return u, v, n

    return _in_order(list(in_parts(part, m.shares, say, "listing pairs")), name)


@nb.njit(cache=True, nogil=True)
def pairs_of_accounts(
    first: int, last: int, a: Acts, allowed: np.ndarray, slots: int, weight: Floats, limit: Floats
) -> Pairs:
    """Pairs (u, v), u in [first, last), u < v, that `repeat_pairs` asks for, and their number of episodes."""
    n_accounts = len(a.start) - 1
    met = nobody(n_accounts, slots)
    chance = np.zeros(n_accounts)
    us, vs, ns = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    found = 0
    for u in range(first, last):
        if not allowed[u]:
            continue
        few = may_repeat(u, a, met)
        repeated = partners_of(u, u, few, a, met)
        if repeated and len(weight):
            expect_least(u, repeated, few, a, met, weight, chance)
        while found + repeated > len(us):
            us, vs, ns = grown(us), grown(vs), grown(ns)
        for v in met.partners[:repeated]:
            n = met.seen[v, 1]
            if allowed[v] and chance[v] * ROUNDED <= limit[min(n, len(limit)) - 1]:
                us[found], vs[found], ns[found] = u, v, n
                found += 1
            chance[v] = 0.0
    return us[:found].copy(), vs[:found].copy(), ns[:found].copy()


@nb.njit(cache=True, nogil=True)
def expect_least(u: int, found: int, few: bool, a: Acts, met: Met, weight: Floats, chance: Floats) -> None:
    """What u and each of its partners are expected to share in the cells in which they met, or a little less."""
    account, cell, left, right, mine = a.account, a.cell, a.left, a.right, a.mine
    rarer, post, rank, post_start, objects = a.rarer, a.post, a.rank, a.post_start, a.objects
    seen, slots, repeated, last = met.seen, met.slots, met.repeated, len(met.slots) - 1
    partners = met.partners[:found]
    repeated[partners] = 1
    run, before = met.run[0], -1
    for k in range(a.start[u], a.start[u + 1]):
        i = mine[k]
        if cell[i] != before:
            before = cell[i]
            run += 1
        for j in range(left[i], right[i]):
            v = account[j]
            if (few and slots[v & last, 1] < 2) or not repeated[v] or seen[v, 0] == run:
                continue
            if rarer[i] & rarer[j] and rarer_shared(post[i], post[j], rank[i], post_start, objects):
                continue
            seen[v, 0] = run
            x = weight[i] * weight[j]
            chance[v] += x / (1 + x)  # less than 1 - exp(-x)
    met.run[0] = run
    repeated[partners] = 0


@nb.njit(cache=True, nogil=True)
def grown(values: Codes) -> np.ndarray:
    """A copy that is twice as long."""
    larger = np.empty(2 * len(values), values.dtype)
    larger[: len(values)] = values
    return larger
