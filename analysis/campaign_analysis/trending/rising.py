"""Which hashtags rise: a scan of stretches of hours against the hashtag's own past and against the day's.

For a stretch I of L hours (L = 1, 3, 6, 12, 24) with y acts on the hashtag, n0 in its past, and N_I, N_0 acts on all
other hashtags in the same hours: were the hashtag's part of all acts unchanged, y of n = n0 + y would be binomial with
π = N_I / (N_0 + N_I), whatever that part is (the conditional test of two Poisson rates, Przyborowski & Wilenski 1940).
People answer each other, so counts vary more than Poisson's by a factor φ: then y is beta-binomial with
a = n π / (φ − 1), b = n (1 − π) / (φ − 1). φ is measured in the past in stretches of the same length: of the hashtag
itself, drawn towards the mean of all (`OWN`), its excess over 1 doubled (`CAUTION`). p of a hashtag is the smallest
over its stretches times their number
(Bonferroni; scan statistics: Kulldorff 1997), q by Benjamini & Hochberg 1995 over all that were tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln
from scipy.stats import false_discovery_control

from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.trending.exposure import Hours, sums

LENGTHS = (1, 3, 6, 12, 24)
LEVEL = 0.05  # false discovery rate at which a hashtag is said to rise
LEAST = 10  # acts below which nothing is said: of the hashtag and of all others in a stretch, and in past and window
BLOCKS = 3  # stretches of a length that the past must hold for it to be used
CAUTION = 2.0  # what is beyond Poisson's weighs so much: clusters have longer tails than the beta-binomial
OWN = 20  # the past of all weighs as much as so many stretches of a hashtag's own
TAIL = 20_000  # terms of a tail; what is beyond adds nothing that a double can tell


@dataclass(frozen=True)
class Stretch:
    """A stretch of hours of the window: its first column (from the window's begin), length, and what is expected."""

    start: int
    length: int
    acts: int
    expected: float
    p: float  # of this stretch alone


@dataclass(frozen=True)
class Rise:
    """A hashtag that was tested: its best stretch, p over all stretches, q over all hashtags; `dispersion` is φ there.

    `since` is the column after the hour by whose end the rise could first have been said (None where it never could).
    """

    tag: str
    best: Stretch
    p: float
    q: float
    dispersion: float
    since: int | None


@dataclass(frozen=True)
class Rising:
    """All hashtags that rise, most acts beyond the expected first; `tested` of all, `cut` the p up to which they do.

    `lengths` are those that the past is long enough for.
    """

    rises: tuple[Rise, ...]
    tested: int
    cut: float
    lengths: tuple[int, ...]
    dispersion: dict[int, float]


def lengths_for(past: int, window: int) -> tuple[int, ...]:
    """The lengths that fit into the window and several times into the past (both in hours)."""
    return tuple(length for length in LENGTHS if length <= window and length * BLOCKS <= past)


def rising(hours: Hours, level: float = LEVEL) -> Rising:
    """The hashtags that rise in the window at the stated false discovery rate."""
    lengths = lengths_for(hours.past, hours.window)
    pooled = {length: _pooled(hours, length) for length in lengths}
    scans = [scan_of(hours, row, pooled) for row in hours.acts]
    best = [scan.best(hours.acts[i, hours.past :]) for i, scan in enumerate(scans)]
    p = np.array([min(1.0, found.p * scan.tests) for found, scan in zip(best, scans, strict=True)])
    q = false_discovery_control(p) if len(p) else p
    called = np.flatnonzero(q <= level)
    cut = level * max(1, len(called)) / max(1, len(p))  # Benjamini and Hochberg's own bound for so many
    rises = [
        Rise(
            hours.tags[i],
            best[i],
            float(p[i]),
            float(q[i]),
            scans[i].dispersion[best[i].length],
            scans[i].first(hours.acts[i, hours.past :], cut),
        )
        for i in called
    ]
    rises.sort(key=lambda r: (r.best.expected - r.best.acts, r.tag))
    return Rising(tuple(rises), len(hours.tags), cut, lengths, pooled)


@dataclass(frozen=True)
class Scan:
    """The test of one hashtag's window: its past, what all others did, and its dispersion by length."""

    past: int
    others_past: float
    others: Ints
    dispersion: dict[int, float]

    @property
    def tests(self) -> int:
        """Stretches that are tested."""
        return sum(len(self.others) - length + 1 for length in self.dispersion)

    def best(self, acts: Ints) -> Stretch:
        """The stretch with the smallest p: of each length the one that stands out most is tested."""
        tried = []
        for length in self.dispersion:
            y, other = sums(acts, 0, length), sums(self.others, 0, length)
            at = int(np.argmax(self._outstanding(y, other, length)))
            tried.append(self._tested(at, length, y[at], other[at]))
        return min(tried, key=lambda stretch: (stretch.p, stretch.length))

    def first(self, acts: Ints, cut: float) -> int | None:
        """The column after the first hour by whose end some stretch has p times all stretches at most `cut`."""
        for end, length, y, other in self._by_end(acts):
            if self._tested(end - length, length, y, other).p * self.tests <= cut:
                return end
        return None

    def rises(self, acts: Ints, cut: float) -> bool:
        """Whether any stretch has p times all stretches at most `cut`."""
        return self.best(acts).p * self.tests <= cut

    def _by_end(self, acts: Ints) -> Iterator[tuple[int, int, float, float]]:
        """Stretches that could be called, by their end: those that stand out by two standard deviations."""
        found = []
        for length in self.dispersion:
            y, other = sums(acts, 0, length), sums(self.others, 0, length)
            for at in np.flatnonzero((y >= LEAST) & (self._outstanding(y, other, length) > 2)):
                found.append((int(at) + length, length, float(y[at]), float(other[at])))
        return iter(sorted(found))

    def _outstanding(self, y: Floats, other: Floats, length: int) -> Floats:
        """How far y is above the expected, in standard deviations, given y + n0."""
        share = other / np.maximum(self.others_past + other, 1)
        n = self.past + y
        sd = np.sqrt(np.maximum(n * share * (1 - share) * self.dispersion[length], 1e-12))
        return np.asarray((y - n * share) / sd, dtype=np.float64)

    def _tested(self, start: int, length: int, y: float, other: float) -> Stretch:
        share = other / max(self.others_past + other, 1)
        rate = self.past / self.others_past if self.others_past else 0.0
        told = min(y, other, self.others_past) >= LEAST  # where hardly anybody else is there, there is no usual
        p = beta_binomial_tail(int(y), self.past + int(y), share, self.dispersion[length]) if told else 1.0
        return Stretch(start, length, int(y), rate * other, p)


def scan_of(hours: Hours, row: Ints, pooled: dict[int, float]) -> Scan:
    """The test of one hashtag (its row of acts); `pooled` is the dispersion of all, by length."""
    others = hours.everybody - row
    own = {length: _own(row, others, hours.past, length) for length in pooled}
    measured = {length: (own[length][0] + OWN * pooled[length]) / (own[length][1] + OWN) for length in pooled}
    dispersion = {length: 1 + CAUTION * max(0.0, value - 1) for length, value in measured.items()}
    return Scan(int(row[: hours.past].sum()), float(others[: hours.past].sum()), others[hours.past :], dispersion)


def beta_binomial_tail(y: int, n: int, share: float, dispersion: float) -> float:
    """P(Y ≥ y) of n acts, each in the stretch with probability `share`, clustered by `dispersion`; 1 is binomial."""
    if y <= 0:
        return 1.0
    if not 0 < share < 1:
        return 1.0 if share >= 1 else 0.0
    k = np.arange(y, min(n, y + TAIL) + 1, dtype=np.float64)
    chosen = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    if dispersion <= 1 + 1e-9:
        logs = chosen + k * np.log(share) + (n - k) * np.log1p(-share)
    else:
        a, b = n * share / (dispersion - 1), n * (1 - share) / (dispersion - 1)
        logs = chosen + betaln(k + a, n - k + b) - betaln(a, b)
    most = logs.max()
    return float(min(1.0, np.exp(most) * np.exp(logs - most).sum()))


def _own(row: Ints, others: Ints, past: int, length: int) -> tuple[float, int]:
    """Pearson's X² of a hashtag's past in stretches of a length against all others', and its degrees of freedom."""
    blocks = past // length
    begin = past - blocks * length
    y = row[begin:past].reshape(blocks, length).sum(axis=1)
    other = others[begin:past].reshape(blocks, length).sum(axis=1)
    if not y.sum() or not other.sum():
        return 0.0, 0
    expected = y.sum() * other / other.sum()
    there = expected > 0
    return float(((y - expected)[there] ** 2 / expected[there]).sum()), int(there.sum()) - 1


def _pooled(hours: Hours, length: int) -> float:
    """The mean dispersion of all hashtags with a past; the most extreme hundredth counts as its least."""
    found = [_own(row, hours.everybody - row, hours.past, length) for row in hours.acts]
    seen = [of for of, row in zip(found, hours.acts, strict=True) if _seen(row, hours)]
    ratios = np.array([x / freedom for x, freedom in seen if freedom])  # none where others are silent, or one stretch
    if not len(ratios):
        return 1.0
    return float(max(1.0, np.minimum(ratios, np.quantile(ratios, 0.99)).mean()))


def _seen(row: Ints, hours: Hours) -> bool:
    return int(row[: hours.past].sum()) >= LEAST
