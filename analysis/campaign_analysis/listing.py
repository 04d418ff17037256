"""The repeat partners that can be significant, listed."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from campaign_analysis.arrays import Floats
from campaign_analysis.coaction import rarer_shared
from campaign_analysis.errors import AnalysisError
from campaign_analysis.meetings import CELL, RARER, Acts, Meetings
from campaign_analysis.parallel import Say, Share, in_parts, silent
from campaign_analysis.partners import FROM, OWN, SLOTS, TO, Met, Pairs, grown, in_order, nobody, partners_of, stretches

MOST = 100_000_000  # pairs that are listed at all: more than a gigabyte, and several while they are sorted
ROUNDED = 0.999  # sums of small numbers are wrong by less than this, rounded


class Least(NamedTuple):
    """What leaves out pairs: of each event its author's expectation in the cell times the root of the chance there, and
    Interest.once on the object; and the largest expectation at which n episodes are significant (most[n - 1]; the last
    is for all beyond).
    """

    root: Floats
    once: NDArray[np.float32]
    most: Floats

    def of(self, acts: Acts) -> Least:
        """The same in the order of these acts."""
        return Least(self.root[acts.event], self.once[acts.event], self.most)


def repeat_pairs(
    m: Meetings,
    chosen: np.ndarray | None = None,
    least: Least | None = None,
    say: Say = silent,
) -> Pairs:
    """Pairs (u, v), u < v, in order, with two episodes or more, and how many: cells in which they co-act.

    `chosen`: only pairs of these accounts (one boolean an account). `least` leaves out pairs that cannot be
    significant: what a pair expects in the cells in which it met is part of all that it expects, so no pair is left out
    wrongly.
    Raises AnalysisError where there are more pairs than memory should hold.
    """
    name = m.acts.name
    allowed = np.ones(len(name), dtype=np.bool_) if chosen is None else chosen[name]
    known = Least(np.zeros(0), np.zeros(0, dtype=np.float32), np.full(1, np.inf)) if least is None else least.of(m.acts)
    found = 0

    def part(share: Share) -> Pairs:
        nonlocal found
        u, v, n = pairs_of_accounts(*share, m.acts, allowed, SLOTS, known)
        found += len(u)
        if found > MOST:
            raise AnalysisError(
                f"more than {MOST:,} pairs of accounts met twice or more: "
                "ask for a shorter time (--since, --until) or a shorter --window"
            )
        return u, v, n

    return in_order(list(in_parts(part, m.shares, say, "listing pairs")), name)


@nb.njit(cache=True, nogil=True)
def pairs_of_accounts(first: int, last: int, a: Acts, allowed: np.ndarray, slots: int, least: Least) -> Pairs:
    """Pairs (u, v), u in [first, last), u < v, that `repeat_pairs` asks for, and their number of episodes."""
    n_accounts = len(a.start) - 1
    met = nobody(a, slots)
    chance = np.zeros(n_accounts)
    us, vs, ns = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    found = 0
    for u in range(first, last):
        if not allowed[u]:
            continue
        stretched = stretches(u, a, met)
        repeated = partners_of(u, u, stretched, a, met)
        if repeated and len(least.root):
            expect_least(stretched, a, met, least.root, least.once, chance)
        while found + repeated > len(us):
            us, vs, ns = grown(us), grown(vs), grown(ns)
        for v in met.partners[:repeated]:
            n, met.times[v] = met.times[v], 0
            if allowed[v] and chance[v] * ROUNDED <= least.most[min(n, len(least.most)) - 1]:
                us[found], vs[found], ns[found] = u, v, n
                found += 1
            chance[v] = 0.0
    return us[:found].copy(), vs[:found].copy(), ns[:found].copy()


@nb.njit(cache=True, nogil=True)
def expect_least(stretched: int, a: Acts, met: Met, root: Floats, once: NDArray[np.float32], chance: Floats) -> None:
    """What an account and each of its partners are expected to share in the cells in which they met, or a little less.

    These cells are in so many stretches.
    """
    account, spot, stretch = a.account, a.spot, met.stretch
    post, rank, post_start, objects = a.post, a.rank, a.post_start, a.objects
    last, times = met.last, met.times
    run, before = met.run[0], -1
    for k in range(stretched):
        i = stretch[k, OWN]
        if spot[i, CELL] != before:
            before = spot[i, CELL]
            run += 1
        for j in range(stretch[k, FROM], stretch[k, TO]):
            v = account[j]
            if times[v] == 0 or last[v] == run:
                continue
            if spot[i, RARER] & spot[j, RARER] and rarer_shared(post[i], post[j], rank[i], post_start, objects):
                continue
            last[v] = run
            x = root[i] * root[j]
            chance[v] += once[i] * once[j] * x / (1 + x)  # less than 1 - exp(-x)
    met.run[0] = run
