"""Repeat partners: pairs of accounts with two episodes or more, and what they share (docs/method.md, part 3).

One account at a time, so memory grows with the events, not with the co-actions, nor with the pairs that met twice: in
an hour of 200,000 posts with one hashtag these are 60 million. Only those are listed that can be significant
(listing.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes
from campaign_analysis.coaction import rarer_shared
from campaign_analysis.meetings import RARER, Acts, Meetings
from campaign_analysis.parallel import Say, Share, in_parts, silent
from campaign_analysis.partners import FROM, OWN, SLOTS, TO, Met, Pairs, grown, in_order, nobody, partners_of, stretches
from campaign_analysis.sessions import Sessions

FEW, EVENTS = 500_000, 2  # pairs, or one to so many events, that are listed without asking what is expected of them
LONG = 2_000_000_000  # pairs of acts from which it is said how long it may take
SPEED = 150_000_000  # pairs of acts that are looked at in a second, roughly


@dataclass(frozen=True)
class Repeats:
    """What repeat partners share, and how many pairs of them are among the chosen accounts, listed where they are FEW.

    `met`: r_e, the co-acting events of the author's repeat partners, of every event.
    """

    met: Codes
    pairs: int
    listed: Pairs


def repeats_of(s: Sessions, m: Meetings, chosen: np.ndarray, say: Say = silent) -> Repeats:
    """Count what repeat partners share; `chosen` has one boolean an account."""
    if m.pairs > LONG:
        say(f"{m.pairs:,} pairs of acts to look at, which may take {1 + m.pairs // SPEED:,} s")
    met, pairs, allowed = np.zeros(len(s.account), dtype=np.int32), 0, chosen[m.acts.name]
    lists: list[Pairs] = []
    few = max(FEW, len(s.account) // EVENTS)

    def part(share: Share) -> tuple[int, Pairs]:
        return repeats_of_accounts(*share, m.acts, allowed, SLOTS, few if pairs <= few else 0, met)

    for number, listed in in_parts(part, m.shares, say, "counting co-actions"):
        pairs += number
        lists = [*lists, listed] if pairs <= few else []
    return Repeats(met, pairs, in_order(lists, m.acts.name))


@nb.njit(cache=True, nogil=True)
def repeats_of_accounts(
    first: int, last: int, a: Acts, chosen: np.ndarray, slots: int, keep: int, out: Codes
) -> tuple[int, Pairs]:
    """R_e of the events of accounts in [first, last) into `out`; how many chosen pairs, and `keep` of them."""
    met = nobody(a, slots)
    us, vs, ns = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    pairs = 0
    for u in range(first, last):
        n = stretches(u, a, met)
        found = partners_of(u, -1, n, a, met)
        if found == 0:
            continue
        repeats_of_events(n, a, met, out)
        while pairs < keep and pairs + found > len(us):
            us, vs, ns = grown(us), grown(vs), grown(ns)
        for v in met.partners[:found]:
            if v > u and chosen[u] and chosen[v]:
                if pairs < min(keep, len(us)):
                    us[pairs], vs[pairs], ns[pairs] = u, v, met.times[v]
                pairs += 1
            met.times[v] = 0
    kept = min(pairs, keep)
    return pairs, (us[:kept].copy(), vs[:kept].copy(), ns[:kept].copy())


@nb.njit(cache=True, nogil=True)
def repeats_of_events(n: int, a: Acts, met: Met, out: Codes) -> None:
    """Add to r_e, of the events of an account whose repeat partners were met `times`, what is in n stretches."""
    account, spot, event, stretch, times = a.account, a.spot, a.event, met.stretch, met.times
    post, rank, post_start, objects = a.post, a.rank, a.post_start, a.objects
    for k in range(n):
        i = stretch[k, OWN]
        r = 0
        if spot[i, RARER] == 0:
            for j in range(stretch[k, FROM], stretch[k, TO]):
                r += times[account[j]] > 0
        else:
            for j in range(stretch[k, FROM], stretch[k, TO]):
                if times[account[j]] == 0:
                    continue
                if spot[i, RARER] & spot[j, RARER] and rarer_shared(post[i], post[j], rank[i], post_start, objects):
                    continue
                r += 1
        out[event[i]] += r
