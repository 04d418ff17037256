"""Habits: what accounts that keep the same times, or react as soon, would share anyway (docs/method.md, part 4).

A planning tool posts at full hours, somebody's good morning comes at eight, and who reads a post passes it on while it
is new. Two who do the same meet again and again, and neither knows of the other. A habit must have shown at another
time: no act explains itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from scipy import special

from campaign_analysis.arrays import Codes, Floats, Ints, dense, edges, fits
from campaign_analysis.background import FEWEST, Background
from campaign_analysis.counting_sort import order_by, starts
from campaign_analysis.events import SECOND, UNBORN
from campaign_analysis.reactions import as_soon_as_usual, usually_within
from campaign_analysis.shuffled_days import DAY, on_other_days

STRETCH = 28  # days, about: habits and clocks are taken to stay as they are for so long


def from_habits(background: Background, u: Codes, v: Codes) -> tuple[Floats, Floats]:
    """Episodes that each pair (u, v) would share by the habits of both, and how many of them come at once.

    Those are the objects on which both acted on a day, mean of the days with any: who meets over one of them is there
    for the others as well. Habits change, and clocks in spring and autumn: a long time is cut into stretches of about
    four weeks. The episodes are in each the most of what three kinds of habits explain:

    - Times of the day: what the two would share if the days were exchanged (shuffled_days.py).
    - Minutes, such as full hours: the sum of g_u g_v over phases within a window, times that of a_u a_v over blocks of
      the day, times that of p_u p_v over objects, times the days in which both were there to be seen. g is the share of
      an account's other acts at a phase, the time in a block; a the share of its other days, from its first to its
      last, on which it acted in a block of the day, or its usual share in all those blocks if that is more; p the share
      of its blocks in which it acted on an object.
    - How soon each takes up what has come out: what the two would share if each came as soon after one object as it
      did after another (reactions.py).
    """
    if not len(u):
        return np.zeros(0), np.ones(0)
    return _explained(background, usually(background), *_pairs_of(background, u, v), len(u))


def with_moments(b: Background, usual: float, account: Codes, obj: Codes, time: Ints) -> tuple[Floats, Floats]:
    """The same of accounts and somebody who would act at moments: objects and times in ms, in this order.

    `usual`: what `usually` says of the background.
    """
    somebody = np.full(len(account), len(b.sessions.run_start) - 1, dtype=np.int32)
    return _explained(b, usual, *_pairs_of(b, account, somebody, obj, time), len(account))


def after_habits(
    habits: tuple[Floats, Floats], talked: Ints, n: Floats, expected: Floats, p: Floats
) -> tuple[Floats, Floats]:
    """Expected episodes and p of n, where habits (`from_habits`) explain more: as much as gives the larger p.

    Of the n those count alone that are not `talked` (talks.py).
    """
    explained, at_once = habits
    counted = np.maximum(n - talked, 1.0)
    by_chance, by_habit = special.gammainc(counted, expected), special.gammainc(counted / at_once, explained / at_once)
    explains = np.where(n - talked < FEWEST, 1.0, np.maximum(by_chance, by_habit))
    more = explains > p
    raised = expected.copy()
    as_much = special.gammaincinv(n[more], explains[more])
    raised[more] = np.maximum(expected[more], np.where(np.isinf(as_much), n[more], as_much))
    return raised, np.maximum(p, explains)


def usually(b: Background) -> float:
    """How often two acts of the layer are within the window, by the time since their objects came out."""
    s = b.sessions
    born = s.events.born[s.cell_object[s.cell]]
    known = born != UNBORN
    return usually_within(s.time[known] - born[known], s.events.soon, b.scale.window * SECOND) if known.any() else 0.0


def _explained(
    b: Background, usual: float, acts: Acts, pair: Ints, u: Codes, v: Codes, pairs: int
) -> tuple[Floats, Floats]:
    window, block, events = b.scale.window * SECOND, b.scale.block * SECOND, b.sessions.events
    by_times, common, days = on_other_days(u, v, acts.start, acts.object, acts.time, window, block)
    phases = np.minimum(acts.phases(window, block).alike(u, v, reach=1), 1.0)
    by_phases = phases * acts.there(block).alike(u, v) * acts.objects(block).alike(u, v) * acts.seen(u, v)
    by_ages = as_soon_as_usual(u, v, acts.start, acts.object, acts.time, events.born, events.soon, window, usual)

    def over_stretches(values: Floats) -> Floats:
        return np.asarray(np.bincount(pair, weights=values, minlength=pairs), dtype=np.float64)

    at_once = over_stretches(common) / np.maximum(over_stretches(days), 1.0)
    return over_stretches(np.max([by_times, by_phases, by_ages], axis=0)), np.maximum(at_once, 1.0)


@dataclass(frozen=True)
class Shares:
    """Of account k, the shares value[start[k]:start[k + 1]] that it has by `key`, ascending."""

    start: Ints
    key: Ints
    value: Floats

    def alike(self, u: Codes, v: Codes, reach: int = 0) -> Floats:
        """For each pair the sum of the products of both shares by the same key, and half of those by keys in reach."""
        return products(u, v, self.start, self.key, self.value, reach)


@dataclass(frozen=True)
class Acts:
    """What some accounts did: account, object and time in ms, act by act, in this order.

    Accounts are numbered from 0, in each stretch of time for itself; those of account k begin at start[k].
    """

    account: Codes
    object: Codes
    time: Ints
    start: Ints

    def phases(self, window: int, block: int) -> Shares:
        """g, by phase in windows."""
        account, key, n = counted(self.account, self.time % block // window, self.time // block)
        others = np.bincount(account, weights=n, minlength=len(self.start) - 1) - 1
        return self._shares(account, key, (n - 1) / np.maximum(others, 1)[account])

    def there(self, block: int) -> Shares:
        """a, by block of the day."""
        account, key, n = counted(self.account, self.time % DAY // block, self.time // DAY)
        first, last = self._days()
        blocks = np.bincount(account, minlength=len(first))
        acted = np.bincount(account, weights=n, minlength=len(first))
        usual = (acted - 1) / (blocks * (last - first + 1))
        return self._shares(account, key, np.maximum((n - 1) / np.maximum(last - first, 1)[account], usual[account]))

    def objects(self, block: int) -> Shares:
        """p, by object."""
        _, _, blocks = counted(self.account, np.zeros(len(self.time), dtype=np.int64), self.time // block)
        account, key, n = counted(self.account, self.object.astype(np.int64), self.time // block)
        return self._shares(account, key, n / blocks[account])

    def seen(self, u: Codes, v: Codes) -> Ints:
        """For each pair the number of days in which both were there to be seen."""
        first, last = self._days()
        between: Ints = np.minimum(last[u], last[v]) - np.maximum(first[u], first[v]) + 1
        return np.maximum(between, 0)

    def _days(self) -> tuple[Ints, Ints]:
        """The first and the last day of each account."""
        day = self.time // DAY
        return np.minimum.reduceat(day, self.start[:-1]), np.maximum.reduceat(day, self.start[:-1])

    def _shares(self, account: Ints, key: Ints, value: Floats) -> Shares:
        some = value > 0
        return Shares(starts(account[some], len(self.start) - 1), key[some], value[some])


NONE = np.empty(0, dtype=np.int64)


def _pairs_of(
    b: Background, u: Codes, v: Codes, obj: Codes | Ints = NONE, moments: Ints = NONE
) -> tuple[Acts, Ints, Codes, Codes]:
    """What the accounts of these pairs did; and the pairs, by their positions, once for each stretch in which both
    acted, with the numbers that the two have there. Who acted on `obj` at the `moments` has the number after all.
    """
    s = b.sessions
    asked = np.zeros(len(s.run_start), dtype=np.bool_)
    asked[u] = asked[v] = True
    at = s.by_account[asked[s.account[s.by_account]]].astype(np.int64)  # by account, object and time
    time = np.concatenate((s.time_of(at), moments))
    who = np.concatenate((s.account[at], np.full(len(moments), len(asked) - 1, dtype=np.int32)))
    what = np.concatenate((s.cell_object[s.cell[at]], obj.astype(np.int32)))
    begin, end = (int(moment) // DAY for moment in (s.events.time.min(), s.events.time.max()))  # whoever is asked
    day, days = time // DAY - begin, end - begin + 1
    stretches = max(1, round(days / STRETCH))
    known, number = dense(who.astype(np.int64) * stretches + day // -(-days // stretches))
    there = np.unique(known % stretches)  # one act of long ago makes many in which there is nothing
    start = starts(number, len(known))
    order = order_by(number, start)
    acts = Acts(number[order], what[order], time[order], start)

    def numbers(side: Codes) -> tuple[Ints, np.ndarray]:
        wanted = side.astype(np.int64)[:, None] * stretches + there
        place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return place, known[place] == wanted

    (left, acted), (right, acted_too) = numbers(u), numbers(v)
    pair, stretch = np.nonzero(acted & acted_too)
    return acts, pair, left[pair, stretch].astype(np.int32), right[pair, stretch].astype(np.int32)


def counted(account: Codes, key: Ints, unit: Ints) -> tuple[Ints, Ints, Ints]:
    """Accounts and keys, ascending, with the number of different units of each."""
    unit = unit - unit.min()
    keys, units = int(key.max()) + 1, int(unit.max()) + 1
    if not fits(int(account.max()) + 1, keys, units):
        known, place = dense(key)
        of, at, n = counted(account, place.astype(np.int64), unit)
        return of, known[at], n
    every = np.sort((account.astype(np.int64) * keys + key) * units + unit)
    every = every[edges(every)] // units
    first = np.flatnonzero(edges(every))
    return every[first] // keys, every[first] % keys, np.diff(np.append(first, len(every)))


@nb.njit(cache=True, nogil=True)
def products(us: Codes, vs: Codes, start: Ints, key: Ints, value: Floats, reach: int) -> np.ndarray:
    """For each pair the sum of value_u value_v over equal keys, and of half of it over those up to `reach` apart."""
    out = np.zeros(len(us))
    for i in range(len(us)):
        first, end = start[vs[i]], start[vs[i] + 1]
        for j in range(start[us[i]], start[us[i] + 1]):
            while first < end and key[first] < key[j] - reach:
                first += 1
            k = first
            while k < end and key[k] <= key[j] + reach:
                out[i] += value[j] * value[k] * (1.0 if key[k] == key[j] else 0.5)
                k += 1
    return out
