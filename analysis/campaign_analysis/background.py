"""What the crowd explains: cells with their profile, and the chance that two events inside one coincide.

A cell is an (object, block). Formulas are numbered as in docs/method.md, part 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis import coaction
from campaign_analysis.arrays import Codes, Floats, Ints, edges
from campaign_analysis.events import SECOND, Events
from campaign_analysis.parallel import Say, Share, in_parts, shares, silent
from campaign_analysis.repeats import meetings_of, repeat_pairs, repeats_of
from campaign_analysis.sessions import Posts, Scale, Sessions, sessions_of

PRIOR = 10.0  # a: pseudo-pairs at the uniform chance, added to each cell
LEAST_WEIGHT = 0.05  # phi: weight of an event all of whose partners are repeat partners
COMPANY = 0.25  # where this share of those whom an account meets are repeat partners, or more, it is no passer-by
SMOOTH, SMOOTH_SHARE = 5, 1 / 3  # the block's own curve is smoothed over five windows, or a third of the block
SESSION = 3600  # seconds before and after a block in which the other moments of its session are looked for


@dataclass(frozen=True)
class Background:
    """One scale, ready for testing: repeat pairs (u < v, n episodes) and what the crowd explains in each cell.

    `pairs` is the number of repeat pairs among the chosen accounts; u, v, n may list fewer, or none yet.
    `profile` is K' of *together*, `session` that of *in step*; `together` and `in_step` are the chance kappa that an
    event of u and one of v in the cell coincide under either claim, `elsewhere` that of the session's other moments;
    `uniform` the same for two uniform times (cells without events). `cascade` is for each object the chance that two
    of all its events are in one block and within the window, everybody included; `partners` is c_e. `passing` of an
    event is 1 for a passer-by's and 0 for one in company.
    """

    scale: Scale
    sessions: Sessions
    u: Codes
    v: Codes
    n: Codes
    profile: Floats
    session: Floats
    together: Floats
    in_step: Floats
    elsewhere: Floats
    uniform: float
    cascade: Floats
    partners: Codes
    passing: Floats
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
    weight = np.maximum(LEAST_WEIGHT, 1 - _share(repeats.met, partners))
    run = s.run
    passing = _passing(s, run, partners, repeats.met)
    tick = events.clock / SECOND
    uniform = uniform_chance(scale.window, scale.block, tick)
    every = _pairs(s)
    strangers = _strangers(s, uniform, s.run_events[run], passing, partners, repeats.met)
    together = np.minimum(strangers, _outside_circles(s, uniform, every, partners, repeats.met))
    elsewhere, session = _elsewhere(s, scale, partners, uniform)
    in_step = np.max([strangers, _curve(s, scale, tick, uniform, every), elsewhere], axis=0)
    profile = np.asarray(1 + np.bincount(s.cell, weights=weight, minlength=s.n_cells), dtype=np.float64)
    cascade = _cascade(s, partners, len(events.objects))
    return Background(
        scale, s, u, v, n, profile, session, together, in_step, elsewhere, uniform, cascade, partners, passing,
        repeats.pairs,
    )  # fmt: skip


def _share(some: np.ndarray, every: np.ndarray) -> Floats:
    """Some of all, none where there are none."""
    out = np.zeros(len(every))
    np.divide(some, every, out=out, where=every > 0)
    return out


def _passing(s: Sessions, run: Ints, partners: Codes, repeats: Codes) -> Floats:
    """Whether each event is a passer-by's: 0 where a quarter or more of those whom its author meets in the cell are
    repeat partners, by the author's events there taken together; those that meet nobody tell nothing else.
    """
    met, repeated = (np.bincount(run, weights=of, minlength=len(s.run_cell)) for of in (partners, repeats))
    return np.maximum(0.0, 1 - _share(repeated, met) / COMPANY)[run]


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


def _pairs(s: Sessions) -> Floats:
    """T: ordered pairs of events of different accounts, for every cell."""
    size = np.bincount(s.cell, minlength=s.n_cells).astype(np.float64)
    own = np.bincount(s.run_cell, weights=s.run_events.astype(np.float64) ** 2, minlength=s.n_cells)
    return np.asarray(size**2 - own, dtype=np.float64)


def _outside_circles(s: Sessions, uniform: float, every: Floats, partners: Codes, repeats: Codes) -> Floats:
    """Kappa by the co-actions of those who are no repeat partners, for every cell: next to none in a closed circle."""
    met, repeated = (np.bincount(s.cell, weights=of, minlength=s.n_cells) for of in (partners, repeats))
    return np.asarray((met - repeated + PRIOR * uniform) / (every - repeated + PRIOR), dtype=np.float64)


def _strangers(s: Sessions, uniform: float, own: Codes, passing: Floats, partners: Codes, repeats: Codes) -> Floats:
    """Kappa by passers-by, for every cell: how often they meet anybody but repeat partners (step 4).

    `own`: of each event, its author's events in the cell.
    """
    size = np.bincount(s.cell, minlength=s.n_cells)
    met = np.bincount(s.cell, weights=passing * (partners - repeats), minlength=s.n_cells)
    every = np.bincount(s.cell, weights=passing * (size[s.cell] - own - repeats), minlength=s.n_cells)
    return np.asarray(np.minimum((met + PRIOR * uniform) / (every + PRIOR), 1.0), dtype=np.float64)


def smoothed(scale: Scale) -> int:
    """Seconds over which a block's own curve is smoothed."""
    return min(max(SMOOTH * scale.window, round(SMOOTH_SHARE * scale.block)), scale.block)


def _curve(s: Sessions, scale: Scale, tick: float, uniform: float, every: Floats) -> Floats:
    """Kappa by the block's own curve, everybody included, for every cell (step 4)."""
    wide = smoothed(scale)
    time = s.time
    left, right = coaction.reach(time, s.cell, wide * SECOND)
    near = np.bincount(s.cell, weights=right - left, minlength=s.n_cells)
    near -= own_pairs_within(s.by_account, s.account_start, s.cell, time, wide * SECOND, s.n_cells)
    curve = (near * uniform / uniform_chance(wide, scale.block, tick) + PRIOR * uniform) / (every + PRIOR)
    return np.asarray(np.minimum(curve, 1.0), dtype=np.float64)


def _elsewhere(s: Sessions, scale: Scale, partners: Codes, uniform: float) -> tuple[Floats, Floats]:
    """Kappa and K' by the other moments of the session, everybody included, for every cell (step 4).

    Kappa: how often two events of a block co-act on the object, within an hour before and after, that are no part of
    the moment in question. K': one more than the events of the block outside the moment, or than those of a mean block
    with events of that hour, if they are more. What the moment in question is: the mean over the cell's events,
    weighed by their co-actions, of what lies within two windows.
    """
    of_event = np.concatenate(([0], np.cumsum(partners, dtype=np.int64)))
    first = np.searchsorted(s.cell, np.arange(s.n_cells + 1))
    size = np.diff(first)
    co_acting = of_event[first[1:]] - of_event[first[:-1]]
    pairs = size * (size - 1)
    around = _within_session(s, scale)
    # Of the other cells of the session, and of its own what lies outside the moment.
    others_met, others_pairs, others = (_sums(values, around) - values for values in (co_acting, pairs, size))
    left, right = coaction.reach(s.time, s.cell, 2 * scale.window * SECOND)
    outside = size[s.cell] - (right - left)
    weight = partners.astype(np.float64)

    def mean(values: np.ndarray) -> Floats:
        sums = np.bincount(s.cell, weights=weight * values, minlength=s.n_cells)
        return np.asarray(sums / np.maximum(co_acting, 1), dtype=np.float64)

    met = others_met + mean(co_acting[s.cell] - (of_event[right] - of_event[left]))
    every = others_pairs + mean(outside * np.maximum(outside - 1, 0))
    own = np.where(co_acting > 0, mean(outside), size)
    profile = 1 + np.maximum(own, others / np.maximum(around[1] - around[0] - 1, 1))
    return np.minimum((met + PRIOR * uniform) / (every + PRIOR), 1.0), profile


def _within_session(s: Sessions, scale: Scale) -> tuple[Ints, Ints]:
    """For each cell the first of its object whose block begins within SESSION of its own, and one past the last."""
    reach = SESSION // scale.block * scale.block * SECOND
    time = s.block_time[s.cell_block] - s.block_time[0]
    key = s.cell_object.astype(np.int64) * (int(time.max()) + 2 * reach + 1) + time
    return np.searchsorted(key, key - reach), np.searchsorted(key, key + reach, side="right")


def _sums(values: Ints, ranges: tuple[Ints, Ints]) -> Ints:
    before = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    return np.asarray(before[ranges[1]] - before[ranges[0]], dtype=np.int64)


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
