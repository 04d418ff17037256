"""Repeat partners: pairs of accounts with two episodes or more, and what they share (docs/method.md, part 3).

One account at a time, so memory grows with the events, not with the co-actions, nor with the pairs that met twice: in
an hour of 200,000 posts with one hashtag these are 60 million. Only those are listed that can be significant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints, Marks, order_by, starts
from campaign_analysis.coaction import rarer_shared, reach
from campaign_analysis.errors import AnalysisError
from campaign_analysis.parallel import Say, Share, in_parts, shares, silent
from campaign_analysis.sessions import Posts, Sessions

ROUNDS, FEW_LEFT_OUT = 4, 0.9
MOST = 100_000_000  # pairs that are listed: more than a gigabyte, and several while they are sorted
LONG = 2_000_000_000  # pairs of acts from which it is said how long it may take
SPEED = 150_000_000  # pairs of acts that are looked at in a second, roughly
ROUNDED = 0.999  # sums of small numbers are wrong by less than this, rounded


@dataclass(frozen=True)
class Meetings:
    """The events of accounts that may have met somebody twice, in order, and their reach among themselves.

    `event` are their positions in the sessions, `account` numbers the accounts anew, those with the most events
    first, and `name` gives their codes. The events of account k are mine[start[k]:start[k + 1]].
    """

    event: Codes
    account: Codes
    cell: Codes
    rarer: Marks
    left: Codes
    right: Codes
    mine: Codes
    start: Ints
    name: Codes
    shares: list[Share]

    @property
    def pairs(self) -> int:
        """Pairs of acts to look at."""
        return int(np.sum(self.right - self.left, dtype=np.int64)) // 2


def meetings_of(s: Sessions, window: int) -> Meetings:
    """Leave out whoever has not met others in two cells, then whoever has met only those, and so on a few times."""
    event = np.arange(len(s.account), dtype=np.int32)
    n_accounts = len(s.account_start) - 1
    for _ in range(ROUNDS):
        account = s.account[event]
        keep = cells_met(s.cell[event], s.time[event], account, window, n_accounts)[account] >= 2
        event = event[keep]
        if keep.sum() >= FEW_LEFT_OUT * len(keep):
            break
    account = s.account[event]
    events = np.bincount(account, minlength=n_accounts)
    name = np.flatnonzero(events).astype(np.int32)
    name = name[np.argsort(-events[name], kind="stable")]
    number = np.zeros(n_accounts, dtype=np.int32)
    number[name] = np.arange(len(name), dtype=np.int32)
    account, cell = number[account], s.cell[event]
    left, right = reach(s.time[event], cell, window)
    start = starts(account, len(name))
    cost = np.bincount(account, weights=right - left, minlength=len(name)).astype(np.int64)
    mine = order_by(account, start)
    return Meetings(event, account, cell, s.rarer[event], left, right, mine, start, name, shares(cost))


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


@dataclass(frozen=True)
class Repeats:
    """What repeat partners share, and how many pairs of them are among the chosen accounts.

    `met`: r_e, the co-acting events of the author's repeat partners, of every event.
    """

    met: Codes
    pairs: int


def repeats_of(s: Sessions, posts: Posts, m: Meetings, chosen: np.ndarray, say: Say = silent) -> Repeats:
    """Count what repeat partners share; `chosen` has one boolean an account."""
    if m.pairs > LONG:
        say(f"{m.pairs:,} pairs of acts to look at, which may take {1 + m.pairs // SPEED:,} s")
    met, allowed = np.zeros(len(s.account), dtype=np.int32), chosen[m.name]

    def part(share: Share) -> int:
        return repeats_of_accounts(
            *share,
            m.event,
            m.account,
            m.cell,
            m.rarer,
            m.left,
            m.right,
            m.mine,
            m.start,
            allowed,
            s.post,
            s.rank,
            posts.start,
            posts.ranks,
            met,
        )

    return Repeats(met, sum(in_parts(part, m.shares, say, "counting co-actions")))


@nb.njit(cache=True, nogil=True)
def repeats_of_accounts(
    first: int,
    last: int,
    event: Codes,
    account: Codes,
    cell: Codes,
    rarer: Marks,
    left: Codes,
    right: Codes,
    mine: Codes,
    start: Ints,
    chosen: np.ndarray,
    post: Codes,
    rank: Codes,
    post_start: Ints,
    ranks: Codes,
    met: Codes,
) -> int:
    """R_e of the events of accounts [first, last) into `met`; how many chosen pairs."""
    n_accounts = len(start) - 1
    seen = np.full((n_accounts, 2), -1, dtype=np.int32)  # of each partner: the last run it was met in, its episodes
    partners = np.empty(n_accounts, dtype=np.int32)
    repeated = np.zeros(n_accounts, dtype=np.int32)
    run, pairs = 0, 0
    for u in range(first, last):
        run += 1
        my_first, found, before = run, 0, -1
        for k in range(start[u], start[u + 1]):
            i = mine[k]
            if cell[i] != before:
                before = cell[i]
                run += 1
            for j in range(left[i], right[i]):
                v = account[j]
                if v == u or seen[v, 0] == run:
                    continue
                if rarer[i] & rarer[j] and rarer_shared(
                    post[event[i]], post[event[j]], rank[event[i]], post_start, ranks
                ):
                    continue
                if seen[v, 0] < my_first:
                    seen[v, 1] = 1
                else:
                    seen[v, 1] += 1
                    if seen[v, 1] == 2:
                        partners[found] = v
                        repeated[v] = 1
                        found += 1
                seen[v, 0] = run
        if found == 0:
            continue
        for k in range(start[u], start[u + 1]):
            i = mine[k]
            r = 0
            if rarer[i] == 0:
                for j in range(left[i], right[i]):
                    r += repeated[account[j]]
            else:
                for j in range(left[i], right[i]):
                    if repeated[account[j]] and not (
                        rarer[i] & rarer[j]
                        and rarer_shared(post[event[i]], post[event[j]], rank[event[i]], post_start, ranks)
                    ):
                        r += 1
            met[event[i]] = r
        for v in partners[:found]:
            repeated[v] = 0
            pairs += v > u and chosen[u] and chosen[v]
    return pairs


def repeat_pairs(
    s: Sessions,
    posts: Posts,
    m: Meetings,
    chosen: np.ndarray | None = None,
    expected: Floats | None = None,
    most: Floats | None = None,
    say: Say = silent,
) -> tuple[Codes, Codes, Codes]:
    """Pairs (u, v), u < v, in order, with two episodes or more, and how many: cells in which they co-act.

    `chosen`: only pairs of these accounts (one boolean an account). `expected` and `most` leave out pairs that cannot
    be significant: of each event the expectation of its author in the cell times the root of the chance there, and
    the largest expectation at which n episodes are significant (most[n - 1]; the last is for all beyond). What a pair
    expects in the cells in which it met is part of all that it expects, so no pair is left out wrongly.
    Raises AnalysisError where there are more pairs than memory should hold.
    """
    everybody = chosen is None
    allowed = np.ones(len(m.name), dtype=np.bool_) if chosen is None else chosen[m.name]
    weight = np.zeros(len(m.event), dtype=np.float32) if expected is None else expected[m.event].astype(np.float32)
    limit = np.full(1, np.inf) if most is None else most
    found = 0

    def part(share: Share) -> tuple[Codes, Codes, Codes]:
        nonlocal found
        u, v, n = pairs_of_accounts(
            *share,
            m.event,
            m.account,
            m.cell,
            m.rarer,
            m.left,
            m.right,
            m.mine,
            m.start,
            allowed,
            weight,
            limit,
            s.post,
            s.rank,
            posts.start,
            posts.ranks,
        )
        found += len(u)
        if found > MOST:
            raise AnalysisError(
                f"more than {MOST:,} pairs of accounts met twice or more{'' if everybody else ' of those asked for'}: "
                "ask for a shorter time (--since, --until) or a shorter --window"
            )
        return m.name[u], m.name[v], n

    none = np.empty(0, dtype=np.int32)
    parts = [(none, none, none), *in_parts(part, m.shares, say, "listing pairs")]
    a, b, n = (np.concatenate([p[i] for p in parts]) for i in range(3))
    u, v = np.minimum(a, b), np.maximum(a, b)
    order = np.argsort(u * np.int64(len(s.account_start)) + v)
    return u[order], v[order], n[order]


@nb.njit(cache=True, nogil=True)
def pairs_of_accounts(
    first: int,
    last: int,
    event: Codes,
    account: Codes,
    cell: Codes,
    rarer: Marks,
    left: Codes,
    right: Codes,
    mine: Codes,
    start: Ints,
    allowed: np.ndarray,
    weight: np.ndarray,
    limit: Floats,
    post: Codes,
    rank: Codes,
    post_start: Ints,
    ranks: Codes,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs (u, v), u in [first, last), u < v, that `repeat_pairs` asks for, and their number of episodes."""
    n_accounts = len(start) - 1
    seen = np.full((n_accounts, 2), -1, dtype=np.int32)  # of each partner: the last run it was met in, its episodes
    chance = np.zeros(n_accounts, dtype=np.float32)
    partners = np.empty(n_accounts, dtype=np.int32)
    size, found, run = 1024, 0, 0
    us, vs, ns = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    for u in range(first, last):
        if not allowed[u]:
            continue
        run += 1
        my_first, repeated, before = run, 0, -1
        for k in range(start[u], start[u + 1]):
            i = mine[k]
            if cell[i] != before:
                before = cell[i]
                run += 1
            for j in range(left[i], right[i]):
                v = account[j]
                if v <= u or seen[v, 0] == run:
                    continue
                if rarer[i] & rarer[j] and rarer_shared(
                    post[event[i]], post[event[j]], rank[event[i]], post_start, ranks
                ):
                    continue
                x = weight[i] * weight[j]
                if seen[v, 0] < my_first:
                    seen[v, 1] = 1
                    chance[v] = x / (1 + x)  # less than 1 - exp(-x)
                else:
                    seen[v, 1] += 1
                    chance[v] += x / (1 + x)
                    if seen[v, 1] == 2:
                        partners[repeated] = v
                        repeated += 1
                seen[v, 0] = run
        while found + repeated > size:
            size *= 2
            us, vs, ns = grown(us, size), grown(vs, size), grown(ns, size)
        for k in range(repeated):
            v = partners[k]
            n = seen[v, 1]
            if allowed[v] and chance[v] * ROUNDED <= limit[min(n, len(limit)) - 1]:
                us[found], vs[found], ns[found] = u, v, n
                found += 1
    return us[:found].copy(), vs[:found].copy(), ns[:found].copy()


@nb.njit(cache=True, nogil=True)
def grown(values: Codes, size: int) -> np.ndarray:
    """A longer copy."""
    larger = np.empty(size, values.dtype)
    larger[: len(values)] = values
    return larger
