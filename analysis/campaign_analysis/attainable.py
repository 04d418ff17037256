"""How many pairs chance brings below each p: far fewer than pairs times p, because p comes in steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from campaign_analysis.arrays import Codes, Floats
from campaign_analysis.background import FEWEST, Background
from campaign_analysis.parallel import side_by_side
from campaign_analysis.sessions import corrections
from campaign_analysis.significance import expected_episodes

ACCOUNTS, SAMPLE = 5_000, 200_000  # of larger populations so many accounts, and pairs among them, stand for all
LEVELS = 10.0 ** np.arange(-20, 0.01, 1 / 16)  # p at which the number is computed
SHARPNESS = 100  # the sampled expectations are rounded up to so many values per factor of e


@dataclass(frozen=True)
class Chance:
    """Expected number of pairs with a p of at most each of LEVELS if nobody coordinates, under either claim.

    P is corrected for the number of scales (sessions.corrections).
    """

    together: Floats
    in_step: Floats

    def __add__(self, other: Chance) -> Chance:
        """Of either."""
        return Chance(self.together + other.together, self.in_step + other.in_step)

    def false_pairs(self, p: Floats, claim: str) -> Floats:
        """The number of pairs that chance alone is expected to bring to each p or below (an upper bound)."""
        return false_at(self.together if claim == "together" else self.in_step, p)

    def with_habits(self, without: Floats, expected: Floats, times: float) -> Chance:
        """The same where habits explain more of some pairs than was expected *in step* without them, at one scale.

        Its p are multiplied by `times`. Pairs that habits are not asked of, as they did not meet often enough, are not
        counted by theirs.
        """
        more = expected > without
        fewer, instead = attained(without[more], times), attained(expected[more], times)
        return replace(self, in_step=raised(self.in_step, fewer, instead))

    def together_only(self) -> Chance:
        """The same where nobody is said to be in step, so that nobody can falsely be."""
        return replace(self, in_step=np.zeros(len(LEVELS)))

    def largest(self, number: float) -> float:
        """The largest p at which no more than `number` false pairs are expected under both claims."""
        fine = np.flatnonzero(np.maximum(self.together, self.in_step) <= number)
        return float(LEVELS[fine[-1]]) if len(fine) else 0.0


def raised(numbers: Floats, less: Floats, more: Floats) -> Floats:
    """The numbers expected at LEVELS with `more` in the place of `less`, which an estimate need not hold in full."""
    return np.maximum.accumulate(np.maximum(numbers - less, 0.0) + more)


def false_at(numbers: Floats, p: Floats) -> Floats:
    """The numbers expected at LEVELS, looked up for other p: that of the next level above."""
    at = np.searchsorted(LEVELS, p * (1 - 1e-12))
    return np.where(p < LEVELS[0], numbers[0] * p / LEVELS[0], numbers[np.minimum(at, len(LEVELS) - 1)])


def chances_of(backgrounds: Sequence[Background], source: Codes, chosen: np.ndarray) -> list[Chance]:
    """Expected false pairs at each level, at each scale, for pairs of the chosen accounts.

    P is discrete: a pair that hardly shares a block has a p of 1 or one far below the level, with next to nothing
    between, and a pair that shares no object and block has no p but 1. Hence at level t the expected number of false
    pairs is the sum over all pairs of the largest attainable p that is at most t (Heyse 2011; Doehler, Durand & Roquain
    2018), not t for each. The sum is taken over all pairs, or over pairs of a random sample of the accounts; to that
    comes t for each pair with an account of a kind too rare to be among them (rule of three).
    """
    accounts = np.flatnonzero(chosen).astype(np.int32)
    pairs = len(accounts) * (len(accounts) - 1) // 2
    unseen = 0.0
    if len(accounts) > ACCOUNTS:
        accounts = np.sort(np.random.default_rng(1).choice(accounts, ACCOUNTS, replace=False))
        unseen = 2 * 3 / ACCOUNTS
    u, v = _pairs_among(accounts)
    each = [np.zeros((2, 0)) for _ in backgrounds]
    if len(u):
        each = side_by_side(lambda b: expected_episodes(b, source, u, v), backgrounds)

    def number(expected: Floats, times: float) -> Floats:
        return np.asarray(pairs * (attained(expected, times) / max(len(u), 1) + unseen * LEVELS / times))

    weighed = zip(each, corrections([b.scale for b in backgrounds]), strict=True)
    return [Chance(number(together, times), number(in_step, times)) for (together, in_step), times in weighed]


def _pairs_among(accounts: Codes) -> tuple[Codes, Codes]:
    """Pairs u < v of accounts in order: all, or a random sample of them."""
    n = len(accounts)
    if n * (n - 1) // 2 <= SAMPLE:
        first, second = np.triu_indices(n, 1)
    else:
        rng = np.random.default_rng(2)
        first = rng.integers(0, n, SAMPLE)
        second = (first + rng.integers(1, n, SAMPLE)) % n
        first, second = np.divmod(np.sort(np.minimum(first, second) * n + np.maximum(first, second)), n)
    return accounts[first], accounts[second]


def attained(expected: Floats, factor: float = 1.0) -> Floats:
    """For each level the sum, over counts of these expectations, of the largest attainable p that is at most the level.

    P of a count n is P(Poisson(expected) >= n), whichever n can be; counts below FEWEST have none. Where p
    is multiplied by a factor before it is compared with a level, it is p itself that is summed.
    """
    levels = LEVELS / factor
    some = expected[expected > 0]
    if not len(some):
        return np.zeros(len(LEVELS))
    steps, times = np.unique(np.ceil(np.log(some) * SHARPNESS), return_counts=True)
    values = np.exp(steps / SHARPNESS)
    change = np.zeros(len(LEVELS) + 1)  # of the sum, against the level before
    n, until = FEWEST, np.full(len(values), len(LEVELS))
    while len(values):  # p of n episodes is the largest from the first level above it up to the first above that of n-1
        p = special.gammainc(n, values)
        since = np.searchsorted(levels, p)
        np.add.at(change, since, p * times)
        np.subtract.at(change, until, p * times)
        more = since > 0
        values, times, until, n = values[more], times[more], since[more], n + 1
    return np.cumsum(change[:-1])
