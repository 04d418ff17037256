"""The compiled sums behind expected episodes: an account's attention, and what two accounts share (method.md, 3)."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.listing import ROUNDED
from campaign_analysis.once import shares_of


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


class Interests(NamedTuple):
    """For each account its objects with d / sum(A K') under either claim, and its blocks with its activity A, and its
    `posts`, there: the rows of account u are those at [start[u], start[u + 1]).

    Of each object also the `events` d, the `first` of them in the order of accounts, and `once`: how many at least are
    a chance of their own to meet, per event. Two posts with several objects in common are one chance (once.py), and
    these are no more than the root of the product of their numbers: an event counts 1 / sqrt(objects of its post).
    """

    start: Ints
    object: Codes
    ratio: Floats
    in_step_ratio: Floats
    once: NDArray[np.float32]
    events: Floats
    first: Codes
    block_start: Ints
    block: Codes
    activity: Floats
    posts: Floats


class Cells(NamedTuple):
    """What is explained in each cell (background.Background); the cells of an object are those at object_start."""

    object_start: Ints
    block: Codes
    profile: Floats
    session: Floats
    together: Floats
    in_step: Floats
    uniform: float
    n_blocks: int


@nb.njit(cache=True, nogil=True)
def with_object(
    factor: float, stronger: float, obj: int, both: Floats, shared: Codes, sum_both: float, c: Cells
) -> tuple[float, float]:
    """Episodes expected on an object under both claims.

    `both`: A_u A_v by block, not 0 in those that are `shared`. Of few blocks and many cells those of the blocks are
    looked up.
    """
    a = factor * c.uniform * sum_both
    s = stronger * c.uniform * sum_both
    lo, hi = c.object_start[obj], c.object_start[obj + 1]
    if hi - lo <= 8 * len(shared):
        for k in range(lo, hi):
            x = both[c.block[k]]
            if x > 0.0:
                a += beyond_uniform(factor * x, c.profile[k], c.together[k], c.uniform)
                s += beyond_uniform(stronger * x, c.session[k], c.in_step[k], c.uniform)
    else:
        for block in shared:
            k = find(block, c.block, lo, hi)
            if k >= 0:
                a += beyond_uniform(factor * both[block], c.profile[k], c.together[k], c.uniform)
                s += beyond_uniform(stronger * both[block], c.session[k], c.in_step[k], c.uniform)
    return a, s


@nb.njit(cache=True, nogil=True)
def add_in_step(stronger: float, obj: int, both: Floats, shared: Codes, c: Cells, to: Floats) -> None:
    """Add to `to`, by block, the episodes expected *in step* on an object in the blocks that are `shared`."""
    lo, hi = c.object_start[obj], c.object_start[obj + 1]
    for block in shared:
        x = stronger * both[block]
        to[block] += x * c.uniform
        k = find(block, c.block, lo, hi)
        if k >= 0:
            to[block] += beyond_uniform(x, c.session[k], c.in_step[k], c.uniform)


@nb.njit(cache=True, nogil=True)
def crowd_on(crowded: int, c: Cells) -> np.ndarray:
    """K'^2 kappa of an object by block."""
    crowd = np.full(c.n_blocks, c.uniform)
    for k in range(c.object_start[crowded], c.object_start[crowded + 1]):
        crowd[c.block[k]] = c.profile[k] * c.profile[k] * c.together[k]
    return crowd


@nb.njit(cache=True, nogil=True)
def take_up(u: int, before: int, i: Interests, row: Codes, activity: Floats, posts: Floats) -> None:
    """Lay out an account's rows by object (from 1 on), and its activity and posts by block, where another's were."""
    if before >= 0:
        for k in range(i.start[before], i.start[before + 1]):
            row[i.object[k]] = 0
        for b in range(i.block_start[before], i.block_start[before + 1]):
            activity[i.block[b]] = posts[i.block[b]] = 0.0
    for k in range(i.start[u], i.start[u + 1]):
        row[i.object[k]] = k + 1
    for b in range(i.block_start[u], i.block_start[u + 1]):
        activity[i.block[b]], posts[i.block[b]] = i.activity[b], i.posts[b]


@nb.njit(cache=True, nogil=True)
def on_crowded(v: int, crowded: int, i: Interests, row: Codes, my_activity: Floats, crowd: Floats) -> float:
    """Fewer episodes than are expected on the crowded object; 0 where not both use it."""
    k = find(crowded, i.object, i.start[v], i.start[v + 1])
    if k < 0 or row[crowded] == 0:
        return 0.0
    r = row[crowded] - 1
    first, end = i.block_start[v], i.block_start[v + 1]
    least = at_least(i.ratio[r] * i.ratio[k], my_activity, crowd, i.block, i.activity, first, end)
    return float(least * i.once[r] * i.once[k])


@nb.njit(cache=True, nogil=True)
def share_blocks(v: int, i: Interests, my_activity: Floats, both: Floats, shared: Codes) -> tuple[int, float]:
    """Lay out A_u A_v by block, and the blocks where it is not 0; how many these are, and its sum."""
    n, total = 0, 0.0
    for b in range(i.block_start[v], i.block_start[v + 1]):
        block = i.block[b]
        if my_activity[block] > 0:
            both[block] = my_activity[block] * i.activity[b]
            total += both[block]
            shared[n] = block
            n += 1
    return n, total


@nb.njit(cache=True, nogil=True)
def once_a_pair(
    mine: Codes,
    others: Codes,
    a: Floats,
    shares: np.ndarray,
    i: Interests,
    c: Cells,
    both: Floats,
    shared: Codes,
    sum_both: float,
    of_block: Floats,
) -> float:
    """Episodes expected *together* where two posts that share several objects are one chance to meet.

    `mine`, `others`: the rows of either on each object that they share, on which `a` are expected if it is the only
    one; `shares` of them are taken (a row for each claim). What is expected *in step* is added to `of_block`, by block.
    """
    together = 0.0
    for o in range(len(mine)):
        r, k = mine[o], others[o]
        if shares[0, o] < 1.0:
            factor = shares[0, o] * i.ratio[r] * i.ratio[k]
            together += with_object(factor, 0.0, i.object[k], both, shared, sum_both, c)[0]
        else:
            together += a[o]
        stronger = shares[1, o] * i.in_step_ratio[r] * i.in_step_ratio[k]
        add_in_step(stronger, i.object[k], both, shared, c, of_block)
    return together


@nb.njit(cache=True, nogil=True)
def within_posts(v: int, i: Interests, my_posts: Floats, of_block: Floats) -> float:
    """The sum of what is expected by block, of which it is no more than either's posts there; it is 0 again after."""
    total = 0.0
    for b in range(i.block_start[v], i.block_start[v + 1]):
        block = i.block[b]
        total += min(of_block[block], min(my_posts[block], i.posts[b]))
        of_block[block] = 0.0
    return total


@nb.njit(cache=True, nogil=True)
def expect(
    us: Codes,
    vs: Codes,
    most: Floats,
    i: Interests,
    c: Cells,
    post: Codes,
    most_posts: int,
    crowded: int,
    out_together: Floats,
    out_in_step: Floats,
    folds: Floats,
) -> None:
    """Expected episodes of each pair under both claims; given up for a pair once it exceeds `most` under *together*.

    In a cell: 1 - exp(-E_u E_v kappa), E = d A K' / sum(A K'). In the shared blocks without events of the object
    (K' = 1, kappa uniform) it is bounded from above by E_u E_v kappa, which keeps the test on the safe side. Two posts
    that share several objects are one chance to meet (once.py), and *in step* no more are expected in a block, over all
    objects, than either has posts there, where any two share several. `folds`: how much more would be expected, were
    they several. `crowded` is the object that most expect most on; `post` is that of each act in the order of accounts,
    of which each has `most_posts` or fewer.
    """
    row = np.zeros(len(c.object_start) - 1, dtype=np.int32)  # of u on each object, from 1 on
    my_activity, my_posts, of_block = np.zeros(c.n_blocks), np.zeros(c.n_blocks), np.zeros(c.n_blocks)
    crowd = crowd_on(crowded, c)
    both, shared = np.zeros(c.n_blocks), np.empty(c.n_blocks, dtype=np.int32)
    widest = max(1, int(np.diff(i.start).max()))
    mine, others = np.empty(widest, dtype=np.int32), np.empty(widest, dtype=np.int32)  # rows of objects that both use
    a, s = np.empty(widest), np.empty(widest)  # expected on each of these
    marks = np.zeros(most_posts, dtype=np.uint64)
    before = -1
    for p in range(len(us)):
        u, v = us[p], vs[p]
        folds[p] = 1.0
        if u != before:
            take_up(u, before, i, row, my_activity, my_posts)
            before = u
        least = on_crowded(v, crowded, i, row, my_activity, crowd)
        if least * ROUNDED > most[p]:  # it alone often is too much: then nothing else need be looked at
            out_together[p] = out_in_step[p] = least
            continue
        n_shared, sum_both = share_blocks(v, i, my_activity, both, shared)
        n, least, several = 0, 0.0, False
        for k in range(i.start[v], i.start[v + 1]):
            r = row[i.object[k]] - 1
            if r < 0:
                continue
            a[n], s[n] = with_object(
                i.ratio[r] * i.ratio[k], i.in_step_ratio[r] * i.in_step_ratio[k], i.object[k],
                both, shared[:n_shared], sum_both, c,
            )  # fmt: skip
            mine[n], others[n] = r, k
            once = i.once[r] * i.once[k]
            several |= once < 1.0
            least += a[n] * once
            n += 1
            if least * ROUNDED > most[p]:
                break
        if least * ROUNDED > most[p]:
            out_together[p], out_in_step[p] = least, s[:n].sum()
        else:
            every = a[:n].sum()
            out_together[p], out_in_step[p] = every, s[:n].sum()
            if several and n > 1:
                counted = shares_of(mine[:n], others[:n], a[:n], s[:n], i.events, i.first, post, marks)
                if counted.min() < 1.0:
                    out_together[p] = once_a_pair(
                        mine[:n], others[:n], a[:n], counted, i, c, both, shared[:n_shared], sum_both, of_block
                    )  # fmt: skip
                    out_in_step[p] = within_posts(v, i, my_posts, of_block)
                    folds[p] = max(1.0, every / max(out_together[p], 1e-300))
        both[shared[:n_shared]] = 0.0
        out_together[p] = max(out_together[p], 0.0)
        out_in_step[p] = max(out_in_step[p], out_together[p])
