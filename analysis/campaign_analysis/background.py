"""What the crowd explains: cells with their profile, and the chance that two events inside one coincide.

A cell is an (object, block). Formulas are numbered as in docs/method.md, part 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis import coaction
from campaign_analysis.arrays import Codes, Floats, Ints, edges
from campaign_analysis.arrays import starts as starts
from campaign_analysis.events import SECOND, Events
from campaign_analysis.parallel import THREADS as THREADS
from campaign_analysis.parallel import Say, Share, in_parts, shares, silent
from campaign_analysis.repeats import Repeats, meetings_of, repeat_pairs, repeats_of
from campaign_analysis.sessions import Posts as Posts
from campaign_analysis.sessions import Scale as Scale
from campaign_analysis.sessions import Sessions as Sessions
from campaign_analysis.sessions import posts_of as posts_of
from campaign_analysis.sessions import sessions_of as sessions_of

PRIOR = 10.0  # a: pseudo-pairs at the uniform chance, added to each cell
LEAST_WEIGHT = 0.05  # phi: weight of an event all of whose partners are repeat partners
SMOOTH = 5  # the block's own curve is smoothed over this many windows


@dataclass(frozen=True)
class Background:
    """One scale, ready for testing: repeat pairs (u < v, n episodes) and what the crowd explains in each cell.

    `pairs` is the number of repeat pairs among the chosen accounts; u, v, n may list fewer, or none yet.
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
    partners: Codes
    pairs: int


def background_of(
    events: Events,
    posts: Posts,
    scale: Scale,
    chosen: np.ndarray | None = None,
    listed: bool = True,
    say: Say = silent,
) -> Background:
    """Count co-actions at one scale and derive the background of both claims; `say` is told of long work.

    `chosen` has one boolean an account: only their pairs are counted and listed. Not `listed`: where pairs are many
    they are left to `significance.with_pairs`, which leaves out most of them.
    """
    s = sessions_of(events, posts, scale)
    window = scale.window * SECOND
    partners = _partners(s, posts, window, say)
    meetings = meetings_of(s, posts, window)
    everybody = np.ones(len(events.accounts), dtype=np.bool_)
    repeats = repeats_of(s, meetings, everybody if chosen is None else chosen, say)
    complete = len(repeats.listed[0]) == repeats.pairs
    u, v, n = repeats.listed if complete or not listed else repeat_pairs(meetings, chosen, say=say)
    weight = np.ones(len(partners))
    met = partners > 0
    weight[met] = np.maximum(LEAST_WEIGHT, 1 - repeats.met[met] / partners[met])
    tick = events.clock / SECOND
    uniform = uniform_chance(scale.window, scale.block, tick)
    together, in_step = _chances(s, scale, tick, uniform, partners, repeats)
    profile = np.asarray(1 + np.bincount(s.cell, weights=weight, minlength=s.n_cells), dtype=np.float64)
    cascade = _cascade(s, partners, len(events.objects))
    return Background(scale, s, u, v, n, profile, together, in_step, uniform, cascade, partners, repeats.pairs)


def _partners(s: Sessions, posts: Posts, window: int, say: Say) -> Codes:
    """c_e: the co-acting events of other accounts of each event; posts that share a rarer object are left to that one.

    An account's own events in reach are only itself: repeats within the window have collapsed.
    """
    left, right = coaction.reach(s.time, s.cell, window)
    count: Codes = right - left - np.int32(1)
    mixed, post, rank = np.flatnonzero(s.rarer).astype(np.int32), s.post, s.rank

    def part(share: Share) -> tuple[Share, Codes]:
        return share, coaction.met_on_rarer(
            *share, mixed, post, rank, left, right, posts.start, posts.ranks, len(posts.rank)
        )

    for (first, last), shared in in_parts(part, shares((right - left)[mixed]), say, "counting co-actions"):
        count[mixed[first:last]] -= shared
    return count


def _cascade(s: Sessions, partners: Codes, n_objects: int) -> Floats:
    """For each object the share of its ordered pairs of events (of different accounts) that co-act."""
    met = np.bincount(s.cell_object, weights=np.bincount(s.cell, weights=partners), minlength=n_objects)
    size = np.bincount(s.cell_object, weights=np.bincount(s.cell), minlength=n_objects)
    account = np.repeat(np.arange(len(s.run_start) - 1), np.diff(s.run_start))
    obj = s.cell_object[s.run_cell]
    first = np.flatnonzero(edges(account, obj))  # of an account's runs on an object
    own = np.add.reduceat(s.run_events.astype(np.float64), first) if len(first) else np.empty(0)
    every = size**2 - np.bincount(obj[first], weights=own**2, minlength=n_objects)
    return np.asarray(met / np.maximum(every, 1.0), dtype=np.float64)


def uniform_chance(window: float, block: float, tick: float) -> float:
    """kappa_0: the chance that two uniform times of a block, on a clock of `tick` seconds, are within the window."""
    m = max(1, round(block / tick))
    k = min(m - 1, int(window // tick))
    return ((2 * k + 1) * m - k * (k + 1)) / m**2


def _chances(
    s: Sessions,
    scale: Scale,
    tick: float,
    uniform: float,
    partners: Codes,
    repeats: Repeats,
) -> tuple[Floats, Floats]:
    """kappa of *together* and of *in step* for every cell (method.md, part 3, step 4)."""
    cells = s.n_cells
    met = np.bincount(s.cell, weights=partners, minlength=cells)
    met_repeat = np.bincount(s.cell, weights=repeats.met, minlength=cells)
    size = np.bincount(s.cell, minlength=cells).astype(np.float64)
    own = np.bincount(s.run_cell, weights=s.run_events.astype(np.float64) ** 2, minlength=cells)
    every = size**2 - own
    prior = PRIOR * uniform
    together = (met - met_repeat + prior) / (every - met_repeat + PRIOR)
    passers_by = (met - met_repeat + prior) / (every - repeats.known + PRIOR)
    wide = min(SMOOTH * scale.window, scale.block)
    time = s.time
    left, right = coaction.reach(time, s.cell, wide * SECOND)
    near = np.bincount(s.cell, weights=right - left, minlength=cells)
    near -= own_pairs_within(s.by_account, s.account_start, s.cell, time, wide * SECOND, cells)
    curve = (near * uniform / uniform_chance(wide, scale.block, tick) + prior) / (every + PRIOR)
    return np.minimum(together, 1.0), np.minimum(np.maximum(passers_by, curve), 1.0)


@nb.njit(cache=True, nogil=True)
def own_pairs_within(
    by_account: Codes, account_start: Ints, cell: Codes, time: Ints, window: int, cells: int
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
