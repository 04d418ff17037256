"""The scan of windows: lots that are there are found, crowds and curves are none, and chance keeps its promise."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from campaign_analysis.scan import HOUR, Lot, Strata, densest_hour, scan, tail_of_sum
from scipy.stats import binom, hypergeom

DAY = 24 * HOUR
WINDOWS = (DAY, 3 * DAY, 7 * DAY, 30 * DAY)
YEARS = 3000 * DAY


def anytime(rng: np.random.Generator, count: int) -> np.ndarray:
    return rng.integers(0, YEARS, count)


def test_a_lot_among_a_crowd_is_found_with_its_members_and_its_window() -> None:
    rng = np.random.default_rng(1)
    group = np.concatenate([anytime(rng, 30), 1000 * DAY + rng.integers(0, 2 * DAY, 12)])
    found = scan(group, anytime(rng, 1000), WINDOWS)
    lot = found.lots[0]
    assert found.p < 1e-6
    assert len(set(range(30, 42)) & set(lot.members)) >= 10
    assert (lot.window, len(found.lots)) == (DAY, 1)
    assert lot.low > 4


def test_newcomers_whom_an_event_brought_are_no_lot_where_others_came_too() -> None:
    rng = np.random.default_rng(2)

    def event(count: int) -> np.ndarray:
        return 1000 * DAY + rng.integers(0, 2 * DAY, count)

    group = np.concatenate([anytime(rng, 30), event(12)])
    others = np.concatenate([anytime(rng, 600), event(240)])
    assert scan(group, others, WINDOWS).p > 0.05
    assert scan(group, np.empty(0, dtype=np.int64), WINDOWS).p < 1e-6  # which nobody can tell without them


@pytest.mark.parametrize("years", [1, 12])
def test_a_group_that_is_young_or_grows_is_no_lot(years: int) -> None:
    rng = np.random.default_rng(years)
    others = anytime(rng, 1000)
    group = YEARS - (365 * DAY * years * rng.random(200) ** 2).astype(np.int64)
    assert scan(group, others, WINDOWS).p > 0.01


def test_p_is_the_larger_of_both_nulls_times_the_windows() -> None:
    """Six of eight within a day; the same by hand."""
    lot = 500 * DAY + np.arange(6) * HOUR
    group = np.concatenate([lot, [100 * DAY, 900 * DAY]])
    others = np.arange(50) * 20 * DAY + 7 * HOUR
    found = scan(group, others, (DAY,))
    near = sum(((others >= t) & (others <= t + DAY)).sum() for t in [500 * DAY])
    left = ((others >= 470 * DAY) & (others <= 501 * DAY)).sum()
    right = ((others >= 500 * DAY) & (others <= 531 * DAY)).sum()
    sides = [binom.sf(4, 5, max(1 / 31, (near + 1) / (around + 31))) for around in (left, right)]
    crowd = hypergeom.sf(5, 58, 8, 6 + near) * len(np.unique(np.concatenate([group, others])))
    assert found.p == pytest.approx(max(max(sides) * 8, crowd), rel=1e-9)


def test_few_accounts_none_and_equal_times_are_answered() -> None:
    nobody = np.empty(0, dtype=np.int64)
    assert scan(nobody, nobody, WINDOWS).p == 1
    assert scan(np.array([5, 5]), nobody, WINDOWS).p == 1
    assert scan(np.full(100, 7 * DAY), nobody, WINDOWS).lots[0].members == tuple(range(100))


def test_what_a_lot_is_held_against_is_told() -> None:
    lot = Lot((0, 1, 2), 0, HOUR, HOUR, 0.125, 2.0, 4.0, 4, 1e-6)
    assert lot.against == "and 4 outside the group; going by the time around, one would expect none of the group"


def test_the_densest_hour() -> None:
    assert densest_hour(np.array([9 * HOUR, 0, 10, HOUR, 9 * HOUR + 5])) == (0, 3)


@pytest.mark.parametrize("alpha", [0.1, 0.05, 0.01])
def test_where_nothing_happens_p_keeps_its_promise(alpha: float) -> None:
    """300 groups drawn by chance from a crowd with an event in it: binomial bound at 1 in 1,000."""
    rng = np.random.default_rng(7)
    crowd = np.concatenate([anytime(rng, 300), 1000 * DAY + rng.integers(0, 2 * DAY, 100)])
    wrong = 0
    for _ in range(300):
        mixed = rng.permutation(crowd)
        wrong += scan(mixed[:30], mixed[30:], WINDOWS).p <= alpha
    assert wrong <= binom.ppf(0.999, 300, alpha)


def test_the_tail_of_a_sum_of_hypergeometric_numbers_is_that_of_all_draws() -> None:
    """Every choice of two of four and one of three accounts, by hand: marked are the first ones of each."""
    drawn = [
        sum(i < 2 for i in first) + sum(i < 1 for i in second)
        for first in itertools.combinations(range(4), 2)
        for second in itertools.combinations(range(3), 1)
    ]
    everybody, size, marked = np.array([4, 3, 2]), np.array([2, 1, 2]), np.array([2, 1, 1])  # the third is all drawn
    for number in range(5):
        expected = np.mean([count + 1 >= number for count in drawn])
        assert tail_of_sum(number, everybody, size, marked) == pytest.approx(expected)


def test_within_strata_a_crowd_that_came_together_is_no_lot() -> None:
    """Fifteen of thirty who came for an event fall together; so do the others who came for it."""
    rng = np.random.default_rng(3)
    event = 1000 * DAY + rng.integers(0, 2 * DAY, 30)
    group = np.concatenate([anytime(rng, 15), event[:15]])
    others = np.concatenate([anytime(rng, 400), event[15:]])
    came = Strata(np.repeat([0, 1], 15), np.repeat([0, 1], [400, 15]), np.zeros((2, 2), dtype=np.int64))
    assert scan(group, others, WINDOWS).p < 0.01
    assert scan(group, others, WINDOWS, strata=came).p == 1
    silent = Strata(came.group, came.others, np.array([[0, 0], [0, 400]]))
    assert scan(group, others, WINDOWS, strata=silent).p < 0.01  # most of their kind have no such time
