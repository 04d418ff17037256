"""Leaps: change-points as another program finds them, ratios with their intervals, glitches named and left out."""

from __future__ import annotations

from math import log
from time import process_time

import numpy as np
import pytest
import ruptures
from campaign_analysis.changes import change_points, dispersion, leaps
from campaign_analysis.counters import daily_gains, without_glitches

DAY = 86_400_000


class Poisson(ruptures.base.BaseCost):  # type: ignore[misc]
    """The cost in ruptures' own terms."""

    model = ""
    min_size = 3

    def fit(self, signal: np.ndarray) -> Poisson:
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        total = float(self.signal[start:end].sum())
        return total - total * log(total / (end - start)) if total else 0.0


@pytest.mark.parametrize("seed", range(8))
def test_change_points_are_those_of_another_program(seed: int) -> None:
    rng = np.random.default_rng(seed)
    levels = np.repeat(rng.integers(0, 30, 5), rng.integers(4, 25, 5))
    counts = rng.poisson(levels).astype(float)
    theirs = ruptures.Pelt(custom_cost=Poisson(), jump=1, min_size=3).fit(counts).predict(pen=8.0)
    assert change_points(counts, 8.0) == theirs[:-1]


def plainly(counts: np.ndarray, penalty: float, shortest: int = 3) -> list[int]:
    """Every beginning of a level tried for every end."""
    n = len(counts)
    best, before = [-penalty] + [float("inf")] * n, [0] * (n + 1)
    for end in range(shortest, n + 1):
        for begin in range(end - shortest + 1):
            total = float(counts[begin:end].sum())
            whole = best[begin] + (total - total * log(total / (end - begin)) if total else 0.0) + penalty
            if whole < best[end]:
                best[end], before[end] = whole, begin
    found, at = [], before[n]
    while at > 0:
        found.append(at)
        at = before[at]
    return found[::-1]


@pytest.mark.parametrize("seed", range(40))
def test_no_cut_is_cheaper_than_the_one_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    levels = rng.choice([0.0, 0.02, 0.3, 2.0, 20.0], int(rng.integers(3, 14)))
    counts = rng.poisson(np.repeat(levels, rng.integers(1, 20, len(levels)))).astype(float)
    penalty = float(rng.choice([1.0, 2.0, 8.0]))
    expected = plainly(counts, penalty) if len(counts) >= 6 else []
    assert change_points(counts, penalty) == expected


def test_a_hundred_years_of_few_posts_cost_what_the_posts_do() -> None:
    rng = np.random.default_rng(9)
    counts = np.zeros(36_500)
    counts[rng.integers(0, len(counts), 30)] = 1
    counts[20_000:20_040] = 5
    leaps(counts[:30])  # compiled
    begun = process_time()
    (leap,) = leaps(counts)
    assert leap.day == 20_000
    assert process_time() - begun < 1


def test_a_leap_has_its_day_and_an_interval_that_holds_the_truth() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(200):
        counts = np.concatenate([rng.poisson(4, 30), rng.poisson(24, 15)]).astype(float)
        (leap,) = leaps(counts)
        assert abs(leap.day - 30) <= 1
        held += leap.low <= 6 <= leap.high
    assert held >= 184  # 190 are expected; the day is found from the same counts


def test_people_who_post_in_fits_do_not_leap() -> None:
    rng = np.random.default_rng(4)
    fits = rng.negative_binomial(0.7, 0.1, (200, 45)).astype(float)
    assert dispersion(fits[0]) > 2
    assert sum(bool(leaps(counts)) for counts in fits) <= 10


@pytest.mark.parametrize("counts", [[], [0.0] * 30, [5.0] * 4, [1.0]])
def test_short_and_empty_series_have_none(counts: list[float]) -> None:
    assert leaps(np.array(counts)) == []


def test_a_counter_that_jumps_and_jumps_back_is_named_and_left_out() -> None:
    at = np.arange(8) * DAY
    value = np.array([27_900, 27_950, 0, 27_951, 0, 0, 27_960, 28_000])
    times, kept, found = without_glitches(at, value)
    assert kept.tolist() == [27_900, 27_950, 27_951, 27_960, 28_000]
    assert [(g.at // DAY, g.before, g.shown) for g in found] == [(2, 27_950, 0), (4, 27_951, 0)]
    gains = daily_gains(times, kept, 0, 8)
    assert gains is not None
    assert gains.tolist() == [50, 0.5, 0.5, 3, 3, 3, 40]


def test_a_counter_that_rises_and_stays_is_no_glitch_and_one_that_begins_wrong_is() -> None:
    at = np.arange(6) * DAY
    rising = np.array([100, 110, 5_000, 5_010, 5_020, 5_030])
    assert without_glitches(at, rising)[1].tolist() == rising.tolist()
    begins = np.array([0, 800, 805, 810, 0, 815])
    assert without_glitches(at, begins)[1].tolist() == [800, 805, 810, 815]


def test_losses_are_no_gains_and_one_day_is_none() -> None:
    at = np.arange(3) * DAY
    gains = daily_gains(at, np.array([500, 480, 490]), 0, 3)
    assert gains is not None
    assert gains.tolist() == [0, 10]
    assert daily_gains(at[:1], np.array([5]), 0, 3) is None
