"""How much of a burst is owed to a group: what it did, what passed it on, and what it set off, with an interval.

What the group did and the retweets of it are known. What others posted because of it is not, and is estimated. With
x_j the moments of the group's acts (retweets of it included) and y_i those of everybody else, these come at the rate

    λ(t) = b c(t) + Σ_e S_e s_e(t) + α Σ_j k(t - x_j) + β Σ_{y_i < t} k(t - y_i)

b c(t) is the usual: the hashtag's part of everybody's curve c, known from its past (with what the usual sets off).
S_e s_e is an event of its own, which comes at once and ebbs exponentially. There may be two, each more likely than
not: one as the group begins, for groups ride events, and one at any moment. k is the memory: an act of the group
brings α others on average, an act of anybody else β (a self-exciting process, Hawkes 1971), a part 1 - ω with delays of
mean τ, a part ω of mean 6 τ, both exponential. All are drawn from their posterior (Metropolis et al. 1953), in
continuous time; for each draw every act is given a cause, itself or an earlier act (stochastic declustering, Zhuang,
Ogata & Vere-Jones 2002), and those that descend from the group's are counted. So an event at the very moment of the
group's first post makes the interval wide: then nobody can tell.

The likelihood is raised to the power 0.4 (a tempered posterior: Grünwald & van Ommen 2017): the model is never quite
right, and the whole likelihood makes intervals that hold too seldom. The power, and how likely events are, were chosen
on simulated worlds, and judged on others (docs/trending.md).

It assumes that what the group sets off comes soon (τ at most 6 h), and that the group's acts do not themselves answer
the crowd's. What it says when its assumptions are wrong is measured in docs/trending.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.trending.causes import drawn

MINUTE = 60
DRAWS = 400


@dataclass(frozen=True)
class Owed:
    """Draws of what others did of themselves: a row a draw, a column an act of theirs, at its moment `at`."""

    own: NDArray[np.bool_]
    at: Floats
    begin: int
    hours: int

    def by_hour(self) -> Ints:
        """The same by hour."""
        hour = ((self.at - self.begin) // 3600).astype(np.int64)
        summed = np.zeros((len(self.own), self.hours), dtype=np.int64)
        for h in np.unique(hour):
            summed[:, h] = self.own[:, hour == h].sum(axis=1)
        return summed

    def between(self, since: int, until: int) -> Ints:
        """Of each draw, what others did of themselves from one moment to before another (epoch seconds)."""
        summed: Ints = self.own[:, (self.at >= since) & (self.at < until)].sum(axis=1)
        return summed


def owed(
    group: Ints, others: Ints, begin: int, everybody: Ints, past: int, past_of_everybody: float, seed: int = 1
) -> Owed:
    """Draw how many of the others' acts were not set off by the group's.

    Parameters
    ----------
    group, others
        Times of acts in the window, epoch seconds: of the group and of what passes it on, and of everybody else.
    begin
        Epoch seconds at which the window begins.
    everybody
        Acts on all hashtags in each hour of the window.
    past, past_of_everybody
        Acts of others on this hashtag, and of everybody on all, in the past before the window.
    """
    tick = MINUTE if not (np.concatenate([group, others]) % MINUTE).any() else 1
    x, y = (spread(part - begin, tick) for part in (group, others))
    if not len(x) or not len(y):
        own = np.ones((DRAWS, len(y)), dtype=np.bool_)
    else:
        curve = np.maximum(everybody, 1e-6) / 3600
        own = drawn(x, y, curve, float(past), max(past_of_everybody, 1.0), DRAWS, seed)
    return Owed(own, y + begin, begin, len(everybody))


def spread(times: Ints, tick: int) -> Floats:
    """Sorted times; those of one tick of the clock are spread over it, for nobody knows their order."""
    ordered = np.sort(times)
    _, first, count = np.unique(ordered, return_index=True, return_counts=True)
    rank = np.arange(len(ordered)) - np.repeat(first, count)
    even: Floats = ordered + (rank + 0.5) / np.repeat(np.maximum(count, 1), count) * tick
    return even
