"""What the crowd explains: cells with their profile, and the chance that two events inside one coincide.

A cell is an (object, block). Formulas are numbered as in docs/method.md, part 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis import cells, coaction
from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.events import SECOND, Events
from campaign_analysis.listing import repeat_pairs
from campaign_analysis.meetings import meetings_of
from campaign_analysis.parallel import Say, Share, both, each, in_parts, shares, silent
from campaign_analysis.repeats import repeats_of
from campaign_analysis.sessions import Posts, Scale, Sessions, sessions_of

FEWEST = 2  # episodes of a pair that is tested at all
PRIOR = 10.0  # a: pseudo-pairs at the uniform chance, added to each cell
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
    window, time = scale.window * SECOND, s.time
    partners, meetings = both(
        lambda: _partners(s, posts, time, window, say), lambda: meetings_of(s, posts, window), len(time)
    )
    if chosen is None:
        chosen = np.ones(len(events.accounts), dtype=np.bool_)
    repeats = repeats_of(s, meetings, chosen, say)
    complete = len(repeats.listed[0]) == repeats.pairs
    u, v, n = repeats.listed if complete or not listed else repeat_pairs(meetings, chosen, say=say)
    del meetings  # what follows needs the memory
    tick = events.clock / SECOND
    uniform = uniform_chance(scale.window, scale.block, tick)
    passing, own = _passers_by(s, partners, repeats.met)
    sums = cells.sums_of(s.cell_start, time, partners, repeats.met, passing, own, 2 * window)
    size = np.diff(s.cell_start)
    every = size.astype(np.float64) ** 2 - cells.squares(s.run_cell, s.run_events, s.n_cells)
    strangers = _strangers(sums, uniform)
    together = np.minimum(strangers, _outside_circles(sums, uniform, every))
    elsewhere, session = _elsewhere(s, scale, sums, uniform)
    in_step = np.max([strangers, _curve(s, scale, time, tick, uniform, every), elsewhere], axis=0)
    cascade = _cascade(s, sums, size, len(events.objects))
    return Background(
        scale, s, u, v, n, 1 + sums.weight, session, together, in_step, elsewhere, uniform, cascade, partners, passing,
        repeats.pairs,
    )  # fmt: skip


def _partners(s: Sessions, posts: Posts, time: Ints, window: int, say: Say) -> Codes:
    """c_e: the co-acting events of other accounts of each event; posts that share a rarer object are left to that one.

    An account's own events in reach are only itself: repeats within the window have collapsed.
    """
    left, right = coaction.reach(time, s.cell, window)
    count: Codes = right - left - np.int32(1)
    mixed = np.flatnonzero(s.rarer).astype(np.int32)
    if not len(mixed):
        return count
    post, rank = s.post, s.rank

    def part(share: Share) -> tuple[Share, Codes]:
        return share, coaction.met_on_rarer(
            *share, mixed, post, rank, left, right, posts.start, posts.ranks, len(posts.rank)
        )

    for (first, last), shared in in_parts(part, shares((right - left)[mixed]), say, "counting co-actions"):
        count[mixed[first:last]] -= shared
    return count


def _passers_by(s: Sessions, partners: Codes, repeats: Codes) -> tuple[Floats, Codes]:
    """Whether each event is a passer-by's, and its author's events in the cell."""
    passing, own = np.empty(len(partners)), np.empty(len(partners), dtype=np.int32)

    def part(share: Share) -> None:
        cells.passers_by(
            *share, s.by_account, s.account_start, s.run_start, s.run_events, partners, repeats, passing, own
        )

    each(part, shares(np.diff(s.account_start)))
    return passing, own


def _cascade(s: Sessions, sums: cells.Sums, size: Ints, n_objects: int) -> Floats:
    """For each object the share of its ordered pairs of events (of different accounts) that co-act."""
    met = np.bincount(s.cell_object, weights=sums.met, minlength=n_objects)
    events = np.bincount(s.cell_object, weights=size, minlength=n_objects)
    own = cells.own_pairs_of_objects(s.run_start, s.run_cell, s.run_events, s.cell_object, n_objects)
    return np.asarray(met / np.maximum(events**2 - own, 1.0), dtype=np.float64)


def uniform_chance(window: float, block: float, tick: float) -> float:
    """kappa_0: the chance that two uniform times of a block, on a clock of `tick` seconds, are within the window."""
    m = max(1, round(block / tick))
    k = min(m - 1, int(window // tick))
    return ((2 * k + 1) * m - k * (k + 1)) / m**2


def _outside_circles(sums: cells.Sums, uniform: float, every: Floats) -> Floats:
    """Kappa by the co-actions of those who are no repeat partners, for every cell: next to none in a closed circle.

    `every`: T, the ordered pairs of events of different accounts.
    """
    met, repeated = sums.met, sums.repeated
    return np.asarray((met - repeated + PRIOR * uniform) / (every - repeated + PRIOR), dtype=np.float64)


def _strangers(sums: cells.Sums, uniform: float) -> Floats:
    """Kappa by passers-by, for every cell: how often they meet anybody but repeat partners (step 4)."""
    kappa = (sums.passing_met + PRIOR * uniform) / (sums.passing_every + PRIOR)
    return np.asarray(np.minimum(kappa, 1.0), dtype=np.float64)


def smoothed(scale: Scale) -> int:
    """Seconds over which a block's own curve is smoothed."""
    return min(max(SMOOTH * scale.window, round(SMOOTH_SHARE * scale.block)), scale.block)


def _curve(s: Sessions, scale: Scale, time: Ints, tick: float, uniform: float, every: Floats) -> Floats:
    """Kappa by the block's own curve, everybody included, for every cell (step 4)."""
    wide = smoothed(scale)
    near = cells.pairs_within(s.cell_start, time, wide * SECOND)
    near -= cells.own_pairs_within(s.by_account, s.run_cell, s.run_events, time, wide * SECOND, s.n_cells)
    curve = (near * uniform / uniform_chance(wide, scale.block, tick) + PRIOR * uniform) / (every + PRIOR)
    return np.asarray(np.minimum(curve, 1.0), dtype=np.float64)


def _elsewhere(s: Sessions, scale: Scale, sums: cells.Sums, uniform: float) -> tuple[Floats, Floats]:
    """Kappa and K' by the other moments of the session, everybody included, for every cell (step 4).

    Kappa: how often two events of a block co-act on the object, within an hour before and after, that are no part of
    the moment in question. K': one more than the events of the block outside the moment, or than those of a mean block
    with events of that hour, if they are more. What the moment in question is: the mean over the cell's events,
    weighed by their co-actions, of what lies within two windows.
    """
    reach = SESSION // scale.block * scale.block * SECOND
    prior = PRIOR * uniform, PRIOR
    return cells.sessions_around(sums, s.cell_start, s.cell_object, s.cell_block, s.block_time, reach, prior)
