"""How many episodes of a pair chance explains, and which pairs stand out at a false discovery rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numba as nb
import numpy as np
from scipy import special

from campaign_analysis.arrays import Codes, Floats, Ints, edges, starts
from campaign_analysis.background import Background
from campaign_analysis.counting_sort import order_by
from campaign_analysis.events import SECOND
from campaign_analysis.listing import ROUNDED, repeat_pairs
from campaign_analysis.meetings import meetings_of
from campaign_analysis.parallel import Say, Share, in_parts, shares, silent
from campaign_analysis.sessions import Posts, Sessions
from campaign_analysis.sources import from_interest


@dataclass(frozen=True)
class Tested:
    """Pairs (rows of the background's repeat pairs, by position), expected episodes and p under both claims.

    Where the *together* p is above the cut the exact value does not matter: expected is a lower bound, and p is 1.
    """

    pair: Ints
    together: Floats
    in_step: Floats
    p_together: Floats
    p_in_step: Floats


def test_pairs(background: Background, interest: Interest, source: Codes, chosen: np.ndarray, cut: float) -> Tested:
    """Test the repeat pairs of which both accounts are chosen (one boolean an account); `source` of each object.
    `interest` is that of these accounts, or of more.

    p = P(Poisson(expected) >= n): the Poisson approximation of the Poisson-binomial law of a pair's episodes, which is
    on the safe side for n >= expected + 1 (Hoeffding 1956). Pairs with p above `cut` get p = 1.
    """
    b = background
    pair = np.flatnonzero(chosen[b.u] & chosen[b.v])
    u, v, n = b.u[pair], b.v[pair], b.n[pair]
    most = special.gammaincinv(np.arange(1, (n.max() if len(n) else 1) + 1, dtype=np.float64), cut)
    expected = _from_cells(b, interest, u, v, most[n - 1])
    p = special.gammainc(n.astype(np.float64), expected)
    left = np.flatnonzero(p[0] <= cut)
    expected[1, left] += from_interest(b, source, u[left], v[left])
    p[1, left] = special.gammainc(n[left].astype(np.float64), expected[1, left])
    p[:, p[0] > cut] = 1.0
    return Tested(pair, expected[0], expected[1], p[0], p[1])


def expected_episodes(background: Background, source: Codes, u: Codes, v: Codes) -> Floats:
    """Expected episodes of pairs in order of u: a row for *together*, one for *in step*."""
    interest = interest_of(background, _among(background, u, v))
    expected = _from_cells(background, interest, u, v, np.full(len(u), np.inf))
    expected[1] += from_interest(background, source, u, v)
    return expected


def _among(b: Background, u: Codes, v: Codes) -> np.ndarray:
    """Who is in these pairs: one boolean an account."""
    listed = np.zeros(len(b.sessions.run_start) - 1, dtype=np.bool_)
    listed[u] = listed[v] = True
    return listed


def _from_cells(b: Background, interest: Interest, u: Codes, v: Codes, most: Floats) -> Floats:
    """Expected episodes by the cells' own chances under both claims; given up above `most`."""
    expected = np.zeros((2, len(u)))
    s = b.sessions
    crowded = int(np.argmax(np.bincount(s.cell_object, weights=b.profile**2 * b.together)))

    def part(share: Share) -> None:
        lo, hi = share
        expect(
            u[lo:hi],
            v[lo:hi],
            most[lo:hi],
            interest.start,
            interest.object,
            interest.ratio,
            interest.in_step_ratio,
            interest.block_start,
            interest.block,
            interest.activity,
            s.object_start,
            s.cell_block,
            b.profile,
            b.session,
            b.together,
            b.in_step,
            b.uniform,
            s.n_blocks,
            crowded,
            expected[0, lo:hi],
            expected[1, lo:hi],
        )

    blocks = np.diff(interest.block_start)
    for _ in in_parts(part, shares(blocks[u] + blocks[v])):
        pass
    return expected


@dataclass(frozen=True)
class Activity:
    """For each account its blocks, in order, with its events A there on any object."""

    start: Ints
    block: Codes
    activity: Floats


def activity_of(s: Sessions) -> Activity:
    """A of all accounts."""
    n_accounts = len(s.run_start) - 1
    account = np.repeat(np.arange(n_accounts, dtype=np.int32), np.diff(s.run_start))
    start, block, activity, _ = _by_block(s, account, s.cell_block[s.run_cell], s.run_events.astype(np.float64))
    return Activity(start, block, activity)


def _by_block(s: Sessions, account: Codes, block: Codes, events: Floats) -> tuple[Ints, Codes, Floats, Codes]:
    """Sums of runs by account and block, and which sum each run is in."""
    n_accounts = len(s.run_start) - 1
    by_block = order_by(block, starts(block, s.n_blocks))
    order = by_block[order_by(account[by_block], starts(account, n_accounts))]
    start, blocks, activity, row = _sums(account[order], block[order], events[order], n_accounts)
    block_row = np.empty_like(row)
    block_row[order] = row
    return start, blocks, activity, block_row


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
    n_accounts = len(s.run_start) - 1
    run_account = np.repeat(np.arange(n_accounts, dtype=np.int32), np.diff(s.run_start))
    keep = wanted[run_account]
    account, cell, events = run_account[keep], s.run_cell[keep], s.run_events[keep].astype(np.float64)
    obj, block = s.cell_object[cell], s.cell_block[cell]
    start, objects, d, object_row = _sums(account, obj, events, n_accounts)
    block_start, blocks, activity, block_row = _by_block(s, account, block, events)
    totals = np.zeros((2, len(objects)))
    row_start = starts(objects, len(s.object_start) - 1)
    rows = order_by(objects, row_start)
    row_account = np.repeat(np.arange(n_accounts, dtype=np.int32), np.diff(start))
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
    return Interest(start, objects, together, in_step, block_start, blocks, activity, keep, object_row, block_row)


def _sums(account: Codes, other: Codes, values: Floats, n_accounts: int) -> tuple[Ints, Codes, Floats, Codes]:
    """Sums by (account, other) of rows sorted so: where an account's begin, other, sum; and which sum a row is in."""
    edge = edges(account, other)
    row = np.cumsum(edge, dtype=np.int32) - np.int32(1)
    sums = np.asarray(np.bincount(row, weights=values, minlength=0), dtype=np.float64)
    return starts(account[edge], n_accounts), other[edge], sums, row


def with_pairs(
    background: Background, posts: Posts, chosen: np.ndarray, cut: float, say: Say = silent
) -> tuple[Background, Interest]:
    """The background with those repeat pairs of chosen accounts whose *together* p may be `cut` or less; and interest.

    Where all are listed they stay. A pair is expected to meet at least as often as in the cells in which it did meet;
    most pairs of a crowd are left out by that alone, without being listed.
    """
    b, s = background, background.sessions
    if len(b.u) == b.pairs:
        return b, interest_of(b, chosen & _among(b, b.u, b.v))
    i = interest_of(b, chosen)
    cell = s.run_cell[i.kept]
    expected = np.zeros(len(s.run_cell))
    expected[i.kept] = i.ratio[i.object_row] * i.activity[i.block_row] * b.profile[cell] * np.sqrt(b.together[cell])
    most = np.append(special.gammaincinv(np.arange(1, MANY, dtype=np.float64), cut), np.inf)
    meetings = meetings_of(s, posts, b.scale.window * SECOND)
    u, v, n = repeat_pairs(meetings, chosen, expected[s.run], most, say)
    return replace(b, u=u, v=v, n=n), i


MANY = 1000  # episodes from which any number of them is taken to be possible


@nb.njit(cache=True, nogil=True, inline="always")
def find(block: int, cell_block: Codes, lo: int, hi: int) -> int:
    """Position of a block among an object's cells, or -1."""
    end = hi
    while lo < hi:
        mid = (lo + hi) // 2
        if cell_block[mid] < block:
            lo = mid + 1
        else:
            hi = mid
    return lo if lo < end and cell_block[lo] == block else -1


@nb.njit(cache=True, nogil=True)
def attention(
    first: int,
    last: int,
    rows: Codes,
    row_start: Ints,
    account: Codes,
    block_start: Ints,
    block: Codes,
    activity: Floats,
    object_start: Ints,
    cell_block: Codes,
    profile: Floats,
    session: Floats,
    n_blocks: int,
    together: Floats,
    in_step: Floats,
) -> None:
    """Sums of A K' over an account's blocks, for objects [first, last) and the accounts that acted on them.

    `rows` are the positions of an object's accounts, of which those of object o begin at row_start[o]; into `together`
    go the sums with K' of `profile`, into `in_step` those with that of `session`. K' is 1 where the object has no
    events.
    """
    more = np.zeros((n_blocks, 2))  # K' - 1 of the object
    for o in range(first, last):
        lo, hi = object_start[o], object_start[o + 1]
        for c in range(lo, hi):
            more[cell_block[c], 0] = profile[c] - 1.0
            more[cell_block[c], 1] = session[c] - 1.0
        for k in range(row_start[o], row_start[o + 1]):
            u = account[rows[k]]
            everywhere, a, s = 0.0, 0.0, 0.0
            for b in range(block_start[u], block_start[u + 1]):
                everywhere += activity[b]
                a += activity[b] * more[block[b], 0]
                s += activity[b] * more[block[b], 1]
            together[rows[k]] = everywhere + a
            in_step[rows[k]] = everywhere + s
        for c in range(lo, hi):
            more[cell_block[c]] = 0.0


@nb.njit(cache=True, nogil=True, inline="always")
def beyond_uniform(x: float, profile: float, chance: float, uniform: float) -> float:
    """What a cell with events adds to the bound that is taken where there are none."""
    return float(1.0 - np.exp(-x * profile * profile * chance) - x * uniform)


@nb.njit(cache=True, nogil=True)
def with_object(
    a: float,
    s: float,
    factor: float,
    stronger: float,
    lo: int,
    hi: int,
    both: Floats,
    shared: Codes,
    sum_both: float,
    cell_block: Codes,
    profile: Floats,
    session: Floats,
    together: Floats,
    in_step: Floats,
    uniform: float,
) -> tuple[float, float]:
    """Expected episodes so far, and those on one more object, whose cells are [lo, hi), under both claims.

    `both`: A_u A_v by block, not 0 in those that are `shared`. Of few blocks and many cells those of the blocks are
    looked up.
    """
    a += factor * uniform * sum_both
    s += stronger * uniform * sum_both
    if hi - lo <= 8 * len(shared):
        for c in range(lo, hi):
            x = both[cell_block[c]]
            if x > 0.0:
                a += beyond_uniform(factor * x, profile[c], together[c], uniform)
                s += beyond_uniform(stronger * x, session[c], in_step[c], uniform)
    else:
        for block in shared:
            c = find(block, cell_block, lo, hi)
            if c >= 0:
                a += beyond_uniform(factor * both[block], profile[c], together[c], uniform)
                s += beyond_uniform(stronger * both[block], session[c], in_step[c], uniform)
    return a, s


@nb.njit(cache=True, nogil=True)
def expect(
    us: Codes,
    vs: Codes,
    most: Floats,
    start: Ints,
    obj: Codes,
    ratio: Floats,
    in_step_ratio: Floats,
    block_start: Ints,
    block: Codes,
    activity: Floats,
    object_start: Ints,
    cell_block: Codes,
    profile: Floats,
    session: Floats,
    together: Floats,
    in_step: Floats,
    uniform: float,
    n_blocks: int,
    crowded: int,
    out_together: Floats,
    out_in_step: Floats,
) -> None:
    """Expected episodes of each pair under both claims; given up for a pair once it exceeds `most` under *together*.

    In a cell: 1 - exp(-E_u E_v kappa), E = d A K' / sum(A K'). In the shared blocks without events of the object
    (K' = 1, kappa uniform) it is bounded from above by E_u E_v kappa, which keeps the test on the safe side.
    `crowded` is the object that most expect most on.
    """
    mine = np.zeros(len(object_start) - 1)
    mine_in_step = np.zeros(len(object_start) - 1)
    my_activity = np.zeros(n_blocks)
    both = np.zeros(n_blocks)
    shared = np.empty(n_blocks, dtype=np.int32)
    before = -1
    for p in range(len(us)):
        u, v = us[p], vs[p]
        if u != before:
            if before >= 0:
                for k in range(start[before], start[before + 1]):
                    mine[obj[k]] = 0.0
                for b in range(block_start[before], block_start[before + 1]):
                    my_activity[block[b]] = 0.0
            for k in range(start[u], start[u + 1]):
                mine[obj[k]] = ratio[k]
                mine_in_step[obj[k]] = in_step_ratio[k]
            for b in range(block_start[u], block_start[u + 1]):
                my_activity[block[b]] = activity[b]
            before = u
        n_shared = 0
        sum_both = 0.0
        for b in range(block_start[v], block_start[v + 1]):
            if my_activity[block[b]] > 0:
                both[block[b]] = my_activity[block[b]] * activity[b]
                sum_both += both[block[b]]
                shared[n_shared] = block[b]
                n_shared += 1
        a, s = 0.0, 0.0
        k = find(crowded, obj, start[v], start[v + 1])
        if k >= 0 and mine[crowded] > 0.0:  # it alone often is too much: then the others need not be looked at
            a, s = with_object(
                a, s, mine[crowded] * ratio[k], mine_in_step[crowded] * in_step_ratio[k],
                object_start[crowded], object_start[crowded + 1], both, shared[:n_shared], sum_both,
                cell_block, profile, session, together, in_step, uniform,
            )  # fmt: skip
        if a * ROUNDED <= most[p]:
            a, s = 0.0, 0.0
            for k in range(start[v], start[v + 1]):
                if mine[obj[k]] == 0.0:
                    continue
                a, s = with_object(
                    a, s, mine[obj[k]] * ratio[k], mine_in_step[obj[k]] * in_step_ratio[k],
                    object_start[obj[k]], object_start[obj[k] + 1], both, shared[:n_shared], sum_both,
                    cell_block, profile, session, together, in_step, uniform,
                )  # fmt: skip
                if a > most[p]:
                    break
        for i in range(n_shared):
            both[shared[i]] = 0.0
        out_together[p] = max(a, 0.0)
        out_in_step[p] = max(s, a, 0.0)


def step_up(false: Floats) -> Floats:
    """Q of each finding from the number of false ones expected at its p or below (Benjamini & Hochberg 1995).

    The smallest rate among the lists that hold the finding: false ones expected over all that are listed.
    """
    order = np.argsort(false, kind="stable")
    q = false[order] / np.arange(1, len(false) + 1)
    q = np.minimum.accumulate(q[::-1])[::-1]
    out = np.empty(len(false))
    out[order] = np.minimum(q, 1.0)
    return out
