"""Habits of the clock: against the formulas in plain Python, by hand, and what they leave to be found."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from campaign_analysis.background import background_of
from campaign_analysis.events import encode
from campaign_analysis.habits import counted, from_habits
from campaign_analysis.sessions import Scale, posts_of
from slow_habits import DAY, Pair, habits_of
from slow_method import Act, Slow, frame_of

MIDNIGHT = 1_599_955_200


def found(acts: list[Act], scale: Scale) -> dict[Pair, tuple[float, float]]:
    """Episodes that habits explain, and how many come at once, of every pair of accounts."""
    events = encode(frame_of(acts))
    b = background_of(events, posts_of(events), scale)
    names = events.accounts.to_list()
    u, v = (np.array(side, dtype=np.int32) for side in zip(*combinations(range(len(names)), 2), strict=True))
    explained, at_once = from_habits(b, u, v)
    rows = zip(u, v, explained.tolist(), at_once.tolist(), strict=True)
    return {(names[i], names[j]): (x, y) for i, j, x, y in rows}


def keepers(seed: int, times: int = 1) -> list[Act]:
    """Six people for some weeks, or for `times` as long: full hours, their own hours, weekly ones, and none.

    They use four objects, and one of each day.
    """
    rng, acts = random.Random(seed), []
    for number in range(6):
        hours = [rng.randrange(24) for _ in range(2)] if number % 2 else [9, 18]
        for day in range(rng.randrange(3), times * rng.randrange(12, 24)):
            for hour in hours:
                if rng.random() < 0.3 or (number == 4 and day % 7):
                    continue
                late = rng.choice((rng.uniform(0, 50), rng.uniform(0, 900), rng.uniform(-4000, 4000)))
                when = MIDNIGHT + day * DAY + hour * 3600 + int(late)
                what = rng.choice((f"o{number % 2}", f"o{rng.randrange(4)}", f"day{day}"))
                acts += [Act(f"a{number}", what, when), Act(f"a{number}", "o3", when + rng.choice((0, 700)))]
    return acts


@pytest.mark.parametrize("scale", [Scale(60, 1800), Scale(600, 7200), Scale(3600, DAY)])
@pytest.mark.parametrize(("seed", "times"), [(0, 1), (1, 1), (2, 1), (3, 4)])
def test_habits_are_what_the_formulas_say(seed: int, times: int, scale: Scale) -> None:
    acts = keepers(seed, times)
    pairs = combinations(sorted({a.who for a in acts}), 2)
    expected = habits_of(Slow(acts, scale.window, scale.block, 1), pairs)
    assert max(x for x, _ in expected.values()) > 0.5
    assert max(y for _, y in expected.values()) > 1
    got = found(acts, scale)
    assert got.keys() == expected.keys()
    for pair, numbers in expected.items():
        assert got[pair] == pytest.approx(numbers, rel=1e-9, abs=1e-12), pair


def test_whoever_else_is_asked_a_pair_has_the_same_habits() -> None:
    """A long time is cut where the log's own days say, not those of the accounts that are asked."""
    acts = [*keepers(3, 4), Act("early", "o1", MIDNIGHT - 60 * DAY)]
    events = encode(frame_of(acts))
    b = background_of(events, posts_of(events), Scale(60, 1800))
    u, v = (np.array(side, dtype=np.int32) for side in zip(*combinations(range(len(events.accounts)), 2), strict=True))
    together = np.array(from_habits(b, u, v))
    alone = [np.array(from_habits(b, u[i : i + 1], v[i : i + 1]))[:, 0] for i in range(len(u))]
    assert (together[0] > 0).any()
    assert np.array_equal(together.T, alone)


def test_counts_of_keys_too_large_for_one_number() -> None:
    account, key, unit = (
        np.array([0, 1, 1, 1], dtype=np.int32),
        np.array([5, 1 << 40, 1 << 40, 7]),
        np.array([3, 9, 1 << 30, 9]),
    )
    got = counted(account, key, unit)
    assert [column.tolist() for column in got] == [[0, 1, 1], [5, 7, 1 << 40], [1, 1, 2]]


def daily(who: str, days: int, when: int, what: str | None = None) -> list[Act]:
    """An act at the same time of each day, on an object, or on the day's own."""
    return [Act(who, what or f"day{day}", MIDNIGHT + day * DAY + when) for day in range(days)]


def test_two_who_post_one_hashtag_at_noon_every_day_meet_every_day() -> None:
    acts = daily("u", 10, 43_200, "tag") + daily("v", 10, 43_230, "tag")
    assert found(acts, Scale(60, 1800))["u", "v"] == (pytest.approx(10), 1.0)


def test_the_hashtag_may_be_another_one_each_day() -> None:
    acts = daily("u", 10, 43_200) + daily("v", 10, 43_230)
    assert found(acts, Scale(60, 1800))["u", "v"][0] == pytest.approx(10 * 90 / (90 + 10) * (1 - 120 / DAY))


def test_clocks_change_and_habits_with_them() -> None:
    """Nine o'clock in summer is eight in winter: each is kept for twelve weeks, which is three stretches."""
    acts = [a for who in ("u", "v") for a in daily(who, 168, 9 * 3600)]
    acts = [Act(a.who, a.what, a.when - 3600 * (a.when > MIDNIGHT + 84 * DAY)) for a in acts]
    others = 28 * 27
    assert found(acts, Scale(60, 1800))["u", "v"][0] == pytest.approx(168 * others / (others + 10) * (1 - 120 / DAY))


def test_what_was_done_on_one_day_is_no_habit() -> None:
    acts = [Act(who, f"o{n}", MIDNIGHT + 4000 * n) for n in range(9) for who in ("u", "v")]
    assert found(acts, Scale(60, 1800))["u", "v"] == (0.0, 9.0)


def test_full_hours_are_a_habit_on_a_single_day() -> None:
    """The last eight of nine acts at the same phase, of as many; at nine times of the day, all of its acts."""
    acts = [Act(who, "tag", MIDNIGHT + 3600 * n) for n in range(9) for who in ("u", "v")]
    assert found(acts, Scale(60, 1800))["u", "v"][0] == pytest.approx(9 * (8 / 9) ** 2)


def test_ring_at_changing_times_has_no_habit() -> None:
    times = [MIDNIGHT + day * DAY + 3600 + day * 4007 for day in range(12)]
    acts = [Act(who, "tag", when) for when in times for who in ("u", "v")]
    assert found(acts, Scale(60, 1800))["u", "v"][0] == 0.0
