"""The moments of a core: when two of its accounts act on one object within the window."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints, edges
from campaign_analysis.events import SECOND
from campaign_analysis.sessions import Scale, Sessions

TICK = 1  # ms: an act belongs to a moment that is within the window, and not a tick more


@dataclass(frozen=True)
class Moments:
    """Stretches of time [start, end) in ms that do not overlap, by cell and time; `cell` is a position in `cells`.

    On a coarse clock the last tick within the window stands for all of its length, so that stretches are as long as
    the ticks in them. `within` are the stretches by which an act is inside, to the millisecond: cell, start, end of
    each, which may overlap, in order of both.
    """

    sessions: Sessions
    cells: Codes
    cell: Ints
    start: Ints
    end: Ints
    lower: Ints  # of each of `cells`, when its block begins
    upper: Ints
    within: tuple[Ints, Ints, Ints]

    @property
    def share(self) -> Floats:
        """The share of each cell's block that lies in a moment."""
        covered = np.bincount(self.cell, weights=self.end - self.start, minlength=len(self.cells))
        return np.asarray(covered / (self.upper - self.lower), dtype=np.float64)

    def events(self) -> tuple[Ints, Ints]:
        """Positions of all events of the cells, and of each the position of its cell in `cells`."""
        first = self.sessions.cell_start[self.cells]
        size = self.sessions.cell_start[self.cells + 1] - first
        of_cell = np.repeat(np.arange(len(self.cells)), size)
        before = np.cumsum(size) - size
        return np.arange(int(size.sum())) - before[of_cell] + first[of_cell], of_cell

    def covers(self, at: Ints, of_cell: Ints) -> np.ndarray:
        """Which events (positions, and those of their cells in `cells`) are within the window of two of the core."""
        cell_of, start, end = self.within
        length = int((self.upper - self.lower).max()) + 1  # one clock of all cells, one after the other

        def key(cell: Ints, time: Ints) -> Ints:
            return np.asarray(cell * length + (time - self.lower[cell]), dtype=np.int64)

        events = key(of_cell, self.sessions.time_of(at))
        begun = np.searchsorted(key(cell_of, start), events, side="right")
        return np.asarray(begun > np.searchsorted(key(cell_of, end), events, side="right"))

    def once_a_post(self, at: Ints) -> Ints:
        """Of events (positions) of one post only that on its rarest object: one post is one act. Positions in `at`."""
        s = self.sessions
        event = s.event[at]
        post, rank = s.events.post[event], s.posts.rank[s.events.object[event]]
        order = np.lexsort((rank, post))
        return np.asarray(order[edges(post[order])], dtype=np.int64)

    def wider(self, margin: int) -> Moments:
        """The same with so many ms more on both sides, inside their blocks."""
        start = np.maximum(self.start - margin, self.lower[self.cell])
        end = np.minimum(self.end + margin, self.upper[self.cell])
        wide = _merged(replace(self, start=start, end=end))
        return replace(wide, within=(wide.cell, wide.start, wide.end))


def moments_of(s: Sessions, core: Codes, scale: Scale, clock: int) -> Moments:
    """When somebody would be within the window of two accounts of the core at once (codes, ascending).

    Taken around each two consecutive acts of different accounts of the core in a cell, on a clock of so many ms.
    """
    window = scale.window * SECOND
    runs = [s.by_account[s.account_start[u] : s.account_start[u + 1]] for u in core]
    at = np.sort(np.concatenate([np.empty(0, dtype=np.int32), *runs]))
    a, b = at[:-1], at[1:]
    near = (s.cell[a] == s.cell[b]) & (s.account[a] != s.account[b]) & (s.time_of(b) - s.time_of(a) <= 2 * window)
    a, b = a[near], b[near]
    cells, cell = np.unique(s.cell[a], return_inverse=True)
    lower = s.block_time[s.cell_block[cells]]
    upper = lower + scale.block * SECOND
    start, last = np.maximum(s.time_of(b) - window, lower[cell]), s.time_of(a) + window
    end, after = (np.minimum(last + tick, upper[cell]) for tick in (clock, TICK))
    return _merged(Moments(s, cells, cell, start, end, lower, upper, (cell, start, after)))


def _merged(m: Moments) -> Moments:
    """Overlapping stretches as one; they come by cell and start, and their ends ascend as well."""
    if not len(m.cell):
        return m
    new = np.ones(len(m.cell), dtype=np.bool_)
    new[1:] = (m.cell[1:] != m.cell[:-1]) | (m.start[1:] > m.end[:-1])
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(new)) - 1
    return replace(m, cell=m.cell[first], start=m.start[first], end=m.end[last])
