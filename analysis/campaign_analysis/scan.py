"""Moments that fall together: a scan of windows over times of a group's accounts, against others and surroundings.

One time an account (when it was made, last seen, leapt). Two nulls, and a window must beat both:

- *others*: given all times, who is in the group is chance. The group's number in a window is hypergeometric. That is
  what an event's real newcomers are for: they are among the others, in the same window. Within strata of accounts that
  are alike (`Strata`) it is a sum of hypergeometric numbers, whose law is exact.
- *surroundings*: a group of people who are all young is no burst, nor is a year in which many joined. Beside the
  window (length w) lie s = max(w, 30 days) to the left and to the right. Of the group's m times in the window and one
  side, the window holds a share u = w / (w + s), or the others' own share there, if that is more; anchored at one
  account, the other m - 1 fall in it by Binomial(m - 1, share). The larger p of the two sides counts, so that neither a
  rise nor a fall is a burst. A side that is not half there, because all times end, is left out.

A window's p is the larger of the two nulls', each times the number of windows that could have been looked at; the
scan's p is the smallest. P(p <= a) <= a under the first null, whatever the group's own curve. Without others only the
second is there (`against` is 0), and real events cannot be told from lots.
Scan statistics: Naus 1965; Kulldorff 1997.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from scipy.special import betaln
from scipy.stats import binom, chi2, hypergeom

from campaign_analysis.arrays import Floats, Ints

LEAST = 3  # fewer than this many accounts are no lot
MOST = 20  # lots told of
FEW = 0.5  # accounts to be expected that are told as none
STATISTICS = "for those who know statistics"
HOUR = 3_600_000
SIDE = 30 * 24 * HOUR  # what lies beside a window is at least so long


@dataclass(frozen=True)
class Lot:
    """Accounts of the group whose times fall together: places in the group's times, and the window (epoch ms).

    `expected` by the surroundings; `low` and `high` are the 95 % interval of the excess (Garwood 1936); `others` is
    the number of others in the window.
    """

    members: tuple[int, ...]
    first: int
    last: int
    window: int
    expected: float
    low: float
    high: float
    others: int
    p: float

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first and the last time (UTC)."""
        return datetime.fromtimestamp(self.first / 1000, UTC), datetime.fromtimestamp(self.last / 1000, UTC)

    @property
    def days(self) -> str:
        """`2012-06-23`, or `2012-06-23 to 2012-06-30`."""
        first, last = (f"{moment:%Y-%m-%d}" for moment in self.span)
        return first if first == last else f"{first} to {last}"

    @property
    def against(self) -> str:
        """What the number of its members is held against, in words."""
        some = "none" if self.expected < FEW else f"about {self.expected:.2g}"
        return f"and {self.others} outside the group; going by the time around, one would expect {some} of the group"

    @property
    def figures(self) -> str:
        """The same for those who know statistics."""
        most = min(self.high, len(self.members))  # no more than there are
        return f"{STATISTICS}: {self.expected:.2g} expected, {self.low:.3g} to {most:.3g} too many, 95% interval"


@dataclass(frozen=True)
class Strata:
    """Accounts that are alike: the stratum (0, 1, …) of each time of the group and of the others.

    `without`: for each stratum how many accounts of the group and of the others have no time (a row a stratum).
    """

    group: Ints
    others: Ints
    without: Ints


@dataclass(frozen=True)
class Scan:
    """The scan's p, its lots (p at most `level`), the surest first, and the number of others held against."""

    p: float
    lots: tuple[Lot, ...]
    against: int


def scan(
    group: Ints,
    others: Ints,
    windows: Sequence[int],
    *,
    side: int = SIDE,
    span: tuple[int | None, int | None] = (None, None),
    without: tuple[int, int] = (0, 0),
    strata: Strata | None = None,
    level: float = 0.01,
) -> Scan:
    """Scan times (epoch ms, one an account, in any order) for windows (ms) that hold too many of the group.

    `span`: when times can begin and end; they can begin at any time and end with the last one if not given.
    `without`: how many accounts of the group and of the others have no such time at all (they did not leap). `strata`,
    which know that too: within which of them who is in the group is chance; else among all.
    """
    order = np.argsort(others, kind="stable")
    theirs = others[order]
    alike = strata or Strata(np.zeros_like(group), np.zeros_like(others), np.array([without], dtype=np.int64))
    alike = Strata(alike.group, alike.others[order], alike.without)
    end = max((int(t.max()) for t in (group, others) if len(t)), default=0)
    look = _Look(theirs, windows, side, span[0], end if span[1] is None else span[1], alike)
    left = np.arange(len(group))
    lots: list[Lot] = []
    least = 1.0
    while len(lots) < MOST:
        lot = look.surest(group, left)
        if lot is None:
            break
        least = lot.p if not lots else least
        if lot.p > level:
            break
        lots.append(lot)
        left = np.setdiff1d(left, lot.members)
    return Scan(least, tuple(lots), len(others) + int(alike.without[:, 1].sum()))


@dataclass(frozen=True)
class _Look:
    """What does not change while lots are taken out one by one. `others` is sorted."""

    others: Ints
    windows: Sequence[int]
    side: int
    begin: int | None
    end: int
    strata: Strata

    def surest(self, group: Ints, left: Ints) -> Lot | None:
        """The window of the smallest p among the group's times that are left; of equal ones the fullest."""
        order = left[np.argsort(group[left], kind="stable")]
        mine = group[order]
        if len(mine) < LEAST:
            return None
        part = self.strata.group[order]
        p, _, start, window, expected = min(self._best(mine, part, window) for window in self.windows)
        inside = (mine >= start) & (mine <= start + window)
        number = int(inside.sum())
        low, high = _garwood(number)
        return Lot(
            members=tuple(order[inside].tolist()),
            first=int(mine[inside].min()),
            last=int(mine[inside].max()),
            window=window,
            expected=expected,
            low=low - expected,
            high=high - expected,
            others=int(((self.others >= start) & (self.others <= start + window)).sum()),
            p=p,
        )

    def _best(self, mine: Ints, part: Ints, window: int) -> tuple[float, int, int, int, float]:
        """Of the windows of one length: smallest p, minus its number, start, length, expected number."""
        starts = np.unique(mine)
        number = inside(mine, starts, starts + window)
        near, expected = self._surroundings(mine, starts, window, number)
        p = np.where(number < LEAST, 1.0, near) * len(mine) * len(self.windows)
        if len(self.others) + self.strata.without[:, 1].sum():
            p = self._with_crowd(p, mine, part, starts, window)
        at = int(np.lexsort((-number, p))[0])
        return min(1.0, float(p[at])), -int(number[at]), int(starts[at]), window, float(expected[at])

    def _with_crowd(self, p: Floats, mine: Ints, part: Ints, starts: Ints, window: int) -> Floats:
        """The larger of p and p against the others, times all windows that could begin at somebody's time."""
        looked = len(np.unique(np.concatenate([mine, self.others]))) * len(self.windows)
        count = len(self.strata.without)
        size = np.bincount(part, minlength=count) + self.strata.without[:, 0]
        everybody = size + np.bincount(self.strata.others, minlength=count) + self.strata.without[:, 1]
        if count == 1:
            number = inside(mine, starts, starts + window)
            crowd = inside(self.others, starts, starts + window)
            tail = hypergeom.sf(number - 1, everybody[0], size[0], number + crowd)
            return np.asarray(np.maximum(p, tail * looked))
        both, least = p.copy(), np.inf
        for i in np.argsort(p, kind="stable"):  # the surest first
            if p[i] > least:  # the others need not be asked
                break
            ours, theirs = (
                np.bincount(of[slice(*np.searchsorted(times, (starts[i], starts[i] + window + 1)))], minlength=count)
                for times, of in ((mine, part), (self.others, self.strata.others))
            )
            both[i] = max(p[i], tail_of_sum(int(ours.sum()), everybody, size, ours + theirs) * looked)
            least = min(least, both[i])
        return both

    def _surroundings(self, mine: Ints, starts: Ints, window: int, number: Ints) -> tuple[Floats, Floats]:
        """p against each side, the larger of the two, and the number that this side lets expect."""
        p, expected, told = np.zeros(len(starts)), np.zeros(len(starts)), np.zeros(len(starts), dtype=np.bool_)
        reach = max(window, self.side)
        stops = starts + window
        begin = starts - reach if self.begin is None else np.maximum(starts - reach, self.begin)
        end = np.minimum(stops + reach, self.end)
        for first, last, length in ((begin, stops, starts - begin), (starts, end, end - stops)):
            there = length >= reach / 2
            share = window / (window + np.maximum(length, 1))
            crowd, around = inside(self.others, starts, stops), inside(self.others, first, last)
            share = np.maximum(share, (crowd + 1) / (around + 1 / share))  # learnt from the others
            others = inside(mine, first, last) - 1
            tail = np.where(there, binom.sf(number - 2, others, share), 0.0)
            expected = np.where(there, np.maximum(expected, (others + 1 - number) * share / (1 - share)), expected)
            p, told = np.maximum(p, tail), told | there
        return np.where(told, p, 1.0), expected


def tail_of_sum(number: int, everybody: Ints, size: Ints, marked: Ints) -> float:
    """P(X >= number), X the sum of hypergeometric numbers: in each stratum `size` of `everybody` drawn, some marked."""
    law, certain = np.ones(1), 0
    for of, drawn, good in zip(everybody.tolist(), size.tolist(), marked.tolist(), strict=True):
        least, most = max(0, drawn + good - of), min(drawn, good)
        certain += least
        if most > least:
            x = np.arange(least, most + 1)
            law = np.convolve(
                law, np.exp(log_choose(good, x) + log_choose(of - good, drawn - x) - log_choose(of, drawn))
            )
    return min(1.0, float(law[max(0, number - certain) :].sum()))


def log_choose(n: int, k: Ints | int) -> Floats:
    """The logarithm of n choose k."""
    return np.asarray(-betaln(1 + n - k, 1 + k) - np.log1p(n), dtype=np.float64)


def inside(times: Ints, begin: Ints, end: Ints) -> Ints:
    """How many of the sorted times lie in each [begin, end]."""
    return np.searchsorted(times, end, side="right") - np.searchsorted(times, begin, side="left")


def _garwood(number: int) -> tuple[float, float]:
    """The exact 95 % interval of a Poisson mean."""
    low = float(chi2.ppf(0.025, 2 * number)) / 2 if number else 0.0
    return low, float(chi2.ppf(0.975, 2 * number + 2)) / 2


def densest_hour(times: Ints) -> tuple[int, int]:
    """The start (epoch ms) of the hour that holds most of the times, and how many it holds."""
    ordered = np.sort(times)
    number = inside(ordered, ordered, ordered + HOUR)
    at = int(np.argmax(number))
    return int(ordered[at]), int(number[at])
