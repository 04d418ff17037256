"""How many episodes of a pair chance explains, and which pairs stand out at a false discovery rate."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba as nb
import numpy as np
from scipy import special

from campaign_analysis.background import THREADS, Background
from campaign_analysis.events import Codes, Floats, Ints
from campaign_analysis.sessions import Sessions
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


def test_pairs(background: Background, source: Codes, chosen: np.ndarray, cut: float) -> Tested:
    """Test the repeat pairs of which both accounts are chosen (one boolean an account); `source` of each object.

    p = P(Poisson(expected) >= n): the Poisson approximation of the Poisson-binomial law of a pair's episodes, which is
    on the safe side for n >= expected + 1 (Hoeffding 1956). Pairs with p above `cut` get p = 1.
    """
    b = background
    pair = np.flatnonzero(chosen[b.u] & chosen[b.v])
    u, v, n = b.u[pair], b.v[pair], b.n[pair]
    most = special.gammaincinv(np.arange(1, (n.max() if len(n) else 1) + 1, dtype=np.float64), cut)
    expected = _from_cells(b, u, v, most[n - 1])
    p = special.gammainc(n.astype(np.float64), expected)
    left = np.flatnonzero(p[0] <= cut)
    expected[1, left] += from_interest(b, source, u[left], v[left])
    p[1, left] = special.gammainc(n[left].astype(np.float64), expected[1, left])
    p[:, p[0] > cut] = 1.0
    return Tested(pair, expected[0], expected[1], p[0], p[1])


def expected_episodes(background: Background, source: Codes, u: Codes, v: Codes) -> Floats:
    """Expected episodes of pairs in order of u: a row for *together*, one for *in step*."""
    expected = _from_cells(background, u, v, np.full(len(u), np.inf))
    expected[1] += from_interest(background, source, u, v)
    return expected


def _from_cells(b: Background, u: Codes, v: Codes, most: Floats) -> Floats:
    """Expected episodes by the cells' own chances under both claims; given up above `most`."""
    interest = _interest(b, np.unique(np.concatenate((u, v))))
    bounds = np.linspace(0, len(u), 4 * THREADS + 1).astype(np.int64)
    expected = np.zeros((2, len(u)))
    s = b.sessions

    def part(share: tuple[int, int]) -> None:
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
            expected[0, lo:hi],
            expected[1, lo:hi],
        )

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(part, zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)))
    return expected


@dataclass(frozen=True)
class Activity:
    """For each account its blocks, in order, with its events A there on any object."""

    start: Ints
    block: Codes
    activity: Floats


def activity_of(s: Sessions) -> Activity:
    """A of all accounts."""
    account = np.repeat(np.arange(len(s.run_start) - 1), np.diff(s.run_start))
    events = s.run_events.astype(np.float64)
    return Activity(*_sum_by(account, s.cell_block[s.run_cell], s.n_blocks, events, len(s.run_start) - 1))


@dataclass(frozen=True)
class _Interest:
    """For each account: its objects with d / sum(A K') under either claim, and its blocks with its activity A there."""

    start: Ints
    object: Codes
    ratio: Floats
    in_step_ratio: Floats
    block_start: Ints
    block: Codes
    activity: Floats


def _interest(b: Background, accounts: Codes) -> _Interest:
    s = b.sessions
    run_account = np.repeat(np.arange(len(s.run_start) - 1), np.diff(s.run_start))
    wanted = np.zeros(len(s.run_start) - 1, dtype=np.bool_)
    wanted[accounts] = True
    keep = wanted[run_account]
    account, cell, events = run_account[keep], s.run_cell[keep], s.run_events[keep].astype(np.float64)
    start, obj, d = _sum_by(account, s.cell_object[cell], len(s.object_start) - 1, events, len(wanted))
    block_start, block, activity = _sum_by(account, s.cell_block[cell], s.n_blocks, events, len(wanted))
    args = (start, obj, block_start, block, activity, s.object_start, s.cell_block)
    together, in_step = (d / attention(*args, profile, s.n_blocks) for profile in (b.profile, b.session))
    return _Interest(start, obj, together, in_step, block_start, block, activity)


def _sum_by(account: Ints, other: Codes, size: int, values: Floats, n_accounts: int) -> tuple[Ints, Codes, Floats]:
    """Sum values by (account, other), as rows by account."""
    keys, where = np.unique(account * np.int64(max(size, 1)) + other.astype(np.int64), return_inverse=True)
    sums = np.bincount(where, weights=values, minlength=len(keys))
    start = np.zeros(n_accounts + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys // max(size, 1), minlength=n_accounts), out=start[1:])
    return start, np.asarray(keys % max(size, 1), dtype=np.int32), np.asarray(sums, dtype=np.float64)


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
    start: Ints,
    obj: Codes,
    block_start: Ints,
    block: Codes,
    activity: Floats,
    object_start: Ints,
    cell_block: Codes,
    profile: Floats,
    n_blocks: int,
) -> np.ndarray:
    """Sum over an account's blocks of A K' for each of its objects (K' = 1 where the object has no events)."""
    out = np.zeros(len(obj))
    mine = np.zeros(n_blocks)
    for u in range(len(start) - 1):
        if start[u] == start[u + 1]:
            continue
        base = 0.0
        for b in range(block_start[u], block_start[u + 1]):
            base += activity[b]
            mine[block[b]] = activity[b]
        for k in range(start[u], start[u + 1]):
            lo, hi = object_start[obj[k]], object_start[obj[k] + 1]
            total = base
            if hi - lo <= 8 * (block_start[u + 1] - block_start[u]):
                for c in range(lo, hi):
                    total += mine[cell_block[c]] * (profile[c] - 1.0)
            else:
                for b in range(block_start[u], block_start[u + 1]):
                    c = find(block[b], cell_block, lo, hi)
                    if c >= 0:
                        total += activity[b] * (profile[c] - 1.0)
            out[k] = total
        for b in range(block_start[u], block_start[u + 1]):
            mine[block[b]] = 0.0
    return out


@nb.njit(cache=True, nogil=True, inline="always")
def beyond_uniform(x: float, profile: float, chance: float, uniform: float) -> float:
    """What a cell with events adds to the bound that is taken where there are none."""
    return 1.0 - np.exp(-x * profile * profile * chance) - x * uniform


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
    out_together: Floats,
    out_in_step: Floats,
) -> None:
    """Expected episodes of each pair under both claims; given up for a pair once it exceeds `most` under *together*.

    In a cell: 1 - exp(-E_u E_v kappa), E = d A K' / sum(A K'). In the shared blocks without events of the object
    (K' = 1, kappa uniform) it is bounded from above by E_u E_v kappa, which keeps the test on the safe side.
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
        for k in range(start[v], start[v + 1]):
            factor = mine[obj[k]] * ratio[k]
            if factor == 0.0:
                continue
            stronger = mine_in_step[obj[k]] * in_step_ratio[k]
            a += factor * uniform * sum_both
            s += stronger * uniform * sum_both
            lo, hi = object_start[obj[k]], object_start[obj[k] + 1]
            if hi - lo <= 8 * n_shared:
                for c in range(lo, hi):
                    x = both[cell_block[c]]
                    if x > 0.0:
                        a += beyond_uniform(factor * x, profile[c], together[c], uniform)
                        s += beyond_uniform(stronger * x, session[c], in_step[c], uniform)
            else:
                for i in range(n_shared):
                    c = find(shared[i], cell_block, lo, hi)
                    if c >= 0:
                        x = both[shared[i]]
                        a += beyond_uniform(factor * x, profile[c], together[c], uniform)
                        s += beyond_uniform(stronger * x, session[c], in_step[c], uniform)
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
