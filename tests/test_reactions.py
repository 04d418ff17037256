"""How soon after it came out: against the formula in plain Python, by hand, and what it leaves to be found."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from campaign_analysis.background import background_of
from campaign_analysis.events import AT_ONCE, SOON, UNBORN, Events, encode
from campaign_analysis.habits import from_habits, usually
from campaign_analysis.reactions import usually_within
from campaign_analysis.sessions import Scale, posts_of
from slow_habits import Births, Pair, habits_of, usual_of
from slow_method import Act, Slow, frame_of

MIDNIGHT = 1_599_955_200
HOUR, DAY = 3600, 86_400


def events_of(acts: list[Act], born: Births, first_seen: bool = False) -> Events:
    frame = frame_of(acts)
    if not first_seen:
        births = pl.Series([born.get(a.what) for a in acts], dtype=pl.Float64)
        frame = frame.with_columns(born=(births * 1000).cast(pl.Int64))
    return encode(frame, first_seen=first_seen)


def found(events: Events, scale: Scale) -> dict[Pair, float]:
    """Episodes that habits explain of every pair of accounts."""
    b = background_of(events, posts_of(events), scale)
    names = events.accounts.to_list()
    u, v = (np.array(side, dtype=np.int32) for side in zip(*combinations(range(len(names)), 2), strict=True))
    explained, _ = from_habits(b, u, v)
    return {(names[i], names[j]): x for i, j, x in zip(u, v, explained.tolist(), strict=True)}


def readers(seed: int, weeks: int = 3) -> tuple[list[Act], Births]:
    """Six who take up forty posts, quick or slow, some of them twice; of a few nobody knows when they came out."""
    rng, acts, born = random.Random(seed), [], dict[str, float]()
    for number in range(40):
        came, what = MIDNIGHT + rng.randrange(weeks * 7 * DAY), f"post{number:02}"
        if number % 7:
            born[what] = came
        for who in range(6):
            if rng.random() < 0.5:
                when = came + int(rng.lognormvariate(5 + who, 1.2))
                acts += [Act(f"a{who}", what, when)] * rng.choice((1, 1, 2))
                acts += [Act(f"a{who}", what, when + 5000)] * rng.choice((0, 0, 1))
    return acts, born


@pytest.mark.parametrize("scale", [Scale(60, 1800), Scale(600, 7200), Scale(3600, DAY)])
@pytest.mark.parametrize(("seed", "weeks"), [(0, 3), (1, 3), (2, 12)])
def test_reactions_are_what_the_formula_says(seed: int, weeks: int, scale: Scale) -> None:
    acts, born = readers(seed, weeks)
    slow, events = Slow(acts, scale.window, scale.block, 1), events_of(acts, born)
    pairs = list(combinations(sorted({a.who for a in acts}), 2))
    expected = habits_of(slow, pairs, born)
    without = habits_of(slow, pairs)
    assert sum(expected[pair][0] > without[pair][0] for pair in pairs) > 5  # it is not the clock that is compared
    assert found(events, scale) == pytest.approx({pair: x for pair, (x, _) in expected.items()}, rel=1e-9, abs=1e-12)
    b = background_of(events, posts_of(events), scale)
    assert usually(b) == pytest.approx(usual_of(slow, born))
    assert usual_of(slow, born) > 0.01


def test_links_come_out_when_they_are_first_seen_and_nobody_has_read_them_at_once() -> None:
    acts, _ = readers(4)
    events, scale = events_of(acts, {}, first_seen=True), Scale(600, 7200)
    slow = Slow(acts, scale.window, scale.block, 1)
    born = {what: min(a.when for a in acts if a.what == what) for what in {a.what for a in acts}}
    pairs = combinations(sorted({a.who for a in acts}), 2)
    expected = habits_of(slow, pairs, born, soon=SOON / 1000)
    assert found(events, scale) == pytest.approx({pair: x for pair, (x, _) in expected.items()}, rel=1e-9, abs=1e-12)


def told(ages: list[int], late: int) -> tuple[list[Act], Births]:
    """Two who take up a post an hour and more after the other, so many seconds after it came out, one of them later."""
    came = [MIDNIGHT + number * 90_000 for number in range(len(ages))]
    acts = [Act(who, f"p{n}", came[n] + age + d) for n, age in enumerate(ages) for who, d in (("u", 0), ("v", late))]
    return acts, {f"p{n}": float(when) for n, when in enumerate(came)}


def test_two_who_always_come_ten_minutes_after_meet_each_time() -> None:
    acts, born = told([600] * 9, 30)
    events = events_of(acts, born)
    assert found(events, Scale(60, 1800))["u", "v"] == pytest.approx(9)
    assert found(events_of(acts, {}), Scale(60, 1800))["u", "v"] < 0.1  # nobody knows how old the posts are


def test_two_who_are_told_of_posts_of_any_age_have_no_habit() -> None:
    acts, born = told([3000 * n for n in range(12)], 30)
    usual = 12 * 2 / (24 * 23)  # of pairs of the 24 acts those of one post
    expected = 12 * 10 * usual / (12 * 11 + 10)
    assert found(events_of(acts, born), Scale(60, 1800))["u", "v"] == pytest.approx(expected)


def test_links_shared_within_a_minute_of_each_other_are_not_explained() -> None:
    acts, _ = told([600] * 9, 30)
    assert found(events_of(acts, {}, first_seen=True), Scale(60, 1800))["u", "v"] < 0.1
    late, _ = told([600] * 9, 90)
    assert found(events_of(late, {}, first_seen=True), Scale(600, 7200))["u", "v"] > 8.5


def test_on_a_clock_of_hours_the_same_tick_may_be_an_hour_after() -> None:
    hours, minutes = (
        events_of([Act(who, f"link{n}", MIDNIGHT + every * n) for n in range(9) for who in "uv"], {}, first_seen=True)
        for every in (7 * HOUR, 7 * HOUR + 420)
    )
    assert (hours.soon, minutes.soon) == (AT_ONCE, SOON)
    assert found(hours, Scale(60, 1800))["u", "v"] == pytest.approx(9)
    assert found(minutes, Scale(60, 1800))["u", "v"] < 0.1


def test_births_are_the_first_that_is_told_and_kept_with_the_objects() -> None:
    frame = frame_of([Act("u", "a", 10), Act("v", "a", 20), Act("u", "b", 30)])
    events = encode(frame.with_columns(born=pl.Series([5, 4, None], dtype=pl.Int64)))
    assert events.born.tolist() == [4, UNBORN]
    assert encode(frame, first_seen=True).born.tolist() == [10_000, 30_000]
    assert encode(frame).born.tolist() == [UNBORN, UNBORN]


def test_usual_is_nothing_where_nobody_acts_twice() -> None:
    assert usually_within(np.array([5]), -1, 60) == 0.0
    assert usually_within(np.array([0, 60, 200]), -1, 60) == pytest.approx(1 / 3)
    assert usually_within(np.array([0, 60, 200]), 60, 60) == 0.0
