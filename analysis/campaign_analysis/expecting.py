"""The compiled sums behind expected episodes: an account's attention, and what two accounts share (method.md, 3)."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.listing import ROUNDED


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
            everywhere, a, s, next_a, next_s = 0.0, 0.0, 0.0, 0.0, 0.0
            end = block_start[u + 1]
            for b in range(block_start[u], end - 1, 2):  # two sums at a time: neither waits for the other
                one, other = np.uint32(block[b]), np.uint32(block[b + 1])
                everywhere += activity[b] + activity[b + 1]
                a += activity[b] * more[one, 0]
                s += activity[b] * more[one, 1]
                next_a += activity[b + 1] * more[other, 0]
                next_s += activity[b + 1] * more[other, 1]
            if (end - block_start[u]) % 2:
                everywhere += activity[end - 1]
                a += activity[end - 1] * more[block[end - 1], 0]
                s += activity[end - 1] * more[block[end - 1], 1]
            together[rows[k]] = everywhere + (a + next_a)
            in_step[rows[k]] = everywhere + (s + next_s)
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


@nb.njit(cache=True, nogil=True, inline="always")
def at_least(
    factor: float, mine: Floats, chance: Floats, block: Codes, activity: Floats, first: int, end: int
) -> float:
    """Fewer episodes than are expected on an object, of which `chance` is K'^2 kappa by block: 1 - exp(-y) > y - y^2/2.

    `mine` is A_u by block; block[first:end] are those of v, with its activity there.
    """
    least = 0.0
    for b in range(first, end):
        at = np.uint32(block[b])
        y = min(factor * mine[at] * activity[b] * chance[at], 1.0)
        least += y - 0.5 * y * y
    return least


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
    crowd = np.full(n_blocks, uniform)  # K'^2 kappa of the crowded object
    for c in range(object_start[crowded], object_start[crowded + 1]):
        crowd[cell_block[c]] = profile[c] * profile[c] * together[c]
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
        k = find(crowded, obj, start[v], start[v + 1])
        if k >= 0 and mine[crowded] > 0.0:  # it alone often is too much: then nothing else need be looked at
            least = at_least(
                mine[crowded] * ratio[k], my_activity, crowd, block, activity, block_start[v], block_start[v + 1]
            )
            if least * ROUNDED > most[p]:
                out_together[p] = out_in_step[p] = least
                continue
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
