"""Which hashtags rise: no more than is said where nothing does, those that do, and what does not count as a rise."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from campaign_analysis.trending.burst import STEP, burst
from campaign_analysis.trending.exposure import Hours, hours_of
from campaign_analysis.trending.rising import LENGTHS, beta_binomial_tail, lengths_for, rising, scan_of
from scipy.stats import betabinom, binom

PAST, WINDOW = 168, 24
TAGS = 300


def world(seed: int, clustered: float = 0.0) -> Hours:
    """Hashtags of many sizes in the day's rhythm; in clusters, each act is repeated a geometric number of times."""
    rng = np.random.default_rng(seed)
    day = 1 + 0.6 * np.cos((np.arange(PAST + WINDOW) - 19) / 24 * 2 * np.pi)
    rates = 20 / np.arange(1, TAGS + 1)
    acts = rng.poisson(rates[:, None] * day / (1 + clustered))
    if clustered:
        acts = acts + rng.negative_binomial(np.maximum(acts, 1), 1 / (1 + clustered)) * (acts > 0)
    names = tuple(f"t{i:03}" for i in range(TAGS))
    kept = acts.sum(axis=1) >= 10
    everybody = acts.sum(axis=0)
    return Hours(tuple(n for n, k in zip(names, kept, strict=True) if k), acts[kept], everybody, 1000, PAST)


@pytest.mark.parametrize("clustered", [0.0, 1.0])
def test_where_nothing_rises_hardly_anything_is_said_to(clustered: float) -> None:
    said = [len(rising(world(seed, clustered)).rises) for seed in range(8)]
    assert sum(bool(n) for n in said) <= 2  # a rate of .05 a world; three of eight would be seen once in 170


def test_what_rises_is_found_with_its_hours_and_those_that_came_along_are_not() -> None:
    hours = world(1)
    tag = hours.tags[150]
    acts = hours.acts.copy()
    acts[150, PAST + 10 : PAST + 13] += 15
    found = rising(Hours(hours.tags, acts, acts.sum(axis=0), hours.first, PAST))
    assert [r.tag for r in found.rises] == [tag]
    best = found.rises[0].best
    assert (best.start, best.length) == (10, 3)
    assert found.rises[0].since == 11  # the hour of fifteen is over
    assert best.expected < 2


def test_a_busier_day_is_no_rise() -> None:
    hours = world(2)
    acts = hours.acts.copy()
    acts[:, PAST:] += np.random.default_rng(5).poisson(
        2 * acts[:, :PAST].mean(axis=1, keepdims=True), acts[:, PAST:].shape
    )
    assert rising(Hours(hours.tags, acts, acts.sum(axis=0), hours.first, PAST)).rises == ()


def test_a_hashtag_that_bursts_all_the_time_does_not_rise_by_bursting_again() -> None:
    hours = world(3)
    bursting = hours.acts.copy()
    bursting[150, 10 : PAST + WINDOW : 24] += 40  # each day at one hour
    assert rising(Hours(hours.tags, bursting, bursting.sum(axis=0), hours.first, PAST)).rises == ()


def test_the_tail_is_that_of_scipy() -> None:
    for y, n, share, dispersion in [(5, 40, 0.05, 1.0), (12, 30, 0.2, 1.0), (9, 60, 0.04, 2.5), (30, 500, 0.03, 4.0)]:
        a, b = n * share / max(1e-12, dispersion - 1), n * (1 - share) / max(1e-12, dispersion - 1)
        known = binom.sf(y - 1, n, share) if dispersion == 1 else betabinom.sf(y - 1, n, a, b)
        assert beta_binomial_tail(y, n, share, dispersion) == pytest.approx(known, rel=1e-6)


def test_only_lengths_that_fit_several_times_into_the_past_are_used() -> None:
    assert lengths_for(168, 24) == LENGTHS
    assert lengths_for(10, 24) == (1, 3)
    assert lengths_for(168, 5) == (1, 3)
    assert lengths_for(2, 24) == ()


def test_counts_are_laid_out_by_hour_and_rare_hashtags_count_for_the_day_alone() -> None:
    counts = pl.DataFrame({"tag": ["a", "a", "b", "a"], "hour": [5, 7, 7, 99], "accounts": [6, 4, 1, 50]})
    hours = hours_of(counts, 5, 7, 9, least=10)
    assert hours.tags == ("a",)
    assert hours.acts.tolist() == [[6, 0, 4, 0]]
    assert hours.everybody.tolist() == [6, 0, 5, 0]
    assert (hours.past, hours.window) == (2, 2)


def test_the_burst_is_the_likeliest_stretch() -> None:
    begin = 1000 * 3600
    quiet = begin + np.arange(0, 24) * 3600  # one an hour
    busy = begin + 5 * 3600 + 1200 + np.arange(60) * 20  # sixty from 5:20 to 5:40
    found = burst(np.sort(np.concatenate([quiet, busy])), np.ones(24), begin)
    assert found == (begin + 5 * 3600 + 2 * STEP, begin + 5 * 3600 + 4 * STEP)
    assert burst(np.empty(0, dtype=np.int64), np.ones(24), begin) is None


def test_a_scan_without_the_past_of_a_new_hashtag_still_tells() -> None:
    hours = world(4)
    acts = hours.acts.copy()
    acts[150] = 0
    acts[150, PAST + 3] = 40
    new = Hours(hours.tags, acts, acts.sum(axis=0), hours.first, PAST)
    found = rising(new)
    assert [r.tag for r in found.rises] == [hours.tags[150]]
    scan = scan_of(new, new.acts[150], found.dispersion)
    assert scan.rises(new.acts[150, PAST:], found.cut)
    assert not scan.rises(np.zeros(WINDOW, dtype=np.int64), found.cut)


@pytest.mark.parametrize(
    ("past", "others"),
    [
        ([2] * 12, [0] * 15),  # nobody else, ever: a share of 0 would give a p of 0
        ([2] * 12, [50] * 12 + [3] * 3),  # hardly anybody else in the window
        ([15] + [0] * 10, [0] * 14),  # the past lies before the first whole stretch of it, or in one alone
    ],
)
def test_nothing_rises_where_there_is_no_usual_to_tell_it_against(past: list[int], others: list[int]) -> None:
    acts = np.array([*past, 30, 30, 30])
    found = rising(Hours(("a",), acts[None, :], acts + np.array(others), 1000, len(past)))
    assert (found.tested, found.rises) == (1, ())


def test_a_past_in_one_stretch_tells_of_no_dispersion() -> None:
    acts = np.array([[15] + [0] * 9 + [30] * 3, [2] * 13])
    found = rising(Hours(("a", "b"), acts, acts.sum(axis=0) + 50, 1000, 10))
    assert found.dispersion[3] >= 1
    assert [rise.tag for rise in found.rises] == ["a"]
