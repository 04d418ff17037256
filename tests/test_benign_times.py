"""Innocent explanations by the clock: chats, habits of the day, timetables, times that move with the sun."""

from __future__ import annotations

import numpy as np
import pytest
from benign_groups import DAY, EVENING, HOUR, IRREGULAR, MINUTE, NAMES, WEEKLY, against, at, group, said, untested
from campaign_analysis.results import GroupClaim

from campaign.benign import explanations
from campaign.benign_times import again

TIMETABLE = "A timetable of the week, or times that move with the sun"


@pytest.mark.parametrize(
    ("claim", "times", "told"),
    [
        ("gathering", WEEKLY, ["A fan event or a regular chat"]),
        ("campaign", WEEKLY, []),
        ("gathering", WEEKLY[:2], []),
        ("gathering", IRREGULAR, []),
    ],
)
def test_a_gathering_at_one_hour_of_the_week_may_be_a_chat(
    claim: GroupClaim, times: list[int], told: list[str]
) -> None:
    assert said(group(claim), at(*times)) == told
    if told:
        (benign,) = explanations(group(claim), NAMES, [at(*times)]).fitting
        assert benign.seen == "100% of its meetings fall around Mondays 20:00 UTC, in 6 weeks"


def test_a_gathering_at_the_same_times_of_the_day_may_be_planning_tools() -> None:
    times = [EVENING + day * DAY + hour * HOUR for day in range(8) for hour in (0, 3) if day != 4]
    name = "Planning tools, or a habit of the day"
    assert said(group(), at(*times)) == [name]
    assert against(group("campaign"), at(*times))[name] == (
        "it often repeats a time of day: for one of its meetings, on average, of the other days on which it met, 100% "
        "had a meeting within a minute of the same time, which explains accounts that are together, but not a core "
        "that is in step"
    )
    few = untested(group(), at(*times[:4]))[name]
    assert few == "it met on 2 days, too few to tell"
    at_other_times = [EVENING + k * (DAY + 37 * MINUTE) for k in range(9)]
    assert against(group(), at(*at_other_times))[name].startswith("it hardly ever repeats a time of day: for one of")


WEEK = ((0, 1), (1, 3), (3, 2))  # days and hours of lessons
LESSONS = [EVENING + (7 * week + day) * DAY + hour * HOUR for week in range(4) for day, hour in WEEK]


@pytest.mark.parametrize("claim", ["gathering", "campaign"])
def test_who_meets_at_the_same_minutes_of_every_week_may_follow_a_timetable(claim: GroupClaim) -> None:
    """A campaign can be in step by it: no habit of the day explains lessons that end at other times each day."""
    assert said(group(claim), at(*LESSONS)) == [TIMETABLE]
    (told,) = explanations(group(claim), NAMES, [at(*LESSONS)]).fitting
    assert told.seen == (
        "it keeps to times of the week: for one of its meetings, on average, of the other weeks in which it met, 100% "
        "had a meeting at nearly the same minute of the week"
    )


@pytest.mark.parametrize(("move", "way"), [(1.7, "later"), (-2.1, "earlier")])
def test_who_meets_at_a_time_that_moves_with_the_sun_is_told(move: float, way: str) -> None:
    rng = np.random.default_rng(3)
    sunsets = [EVENING + day * DAY + round(day * move * MINUTE) for day in range(29)]
    met = at(*(t + round(rng.uniform(0, 2) * MINUTE) for t in sunsets for _ in range(3)))
    (told,) = explanations(group("campaign"), NAMES, [met]).fitting
    assert told.name == TIMETABLE
    assert told.seen.startswith("it keeps to a time of day that moves by ")
    assert abs(float(told.seen.split("moves by ")[1].split()[0]) - abs(move)) <= 0.2
    assert f" minutes a day, {way}, as sunrise and sunset do: " in told.seen


def test_times_that_do_not_come_again_follow_no_timetable() -> None:
    rng = np.random.default_rng(3)
    for seed in range(5):
        drip = sorted((EVENING + rng.integers(0, 28 * DAY, 40)).tolist())
        assert TIMETABLE in against(group("campaign"), at(*drip, seed=seed))
    few = untested(group(), at(*IRREGULAR[:2]))[TIMETABLE]
    assert few == "it met on 2 days of 1 week, too few to tell"
    every_day = [EVENING + day * DAY for day in range(30)]
    assert against(group(), at(*every_day))[TIMETABLE].startswith("its times of day come again as they are")


def test_how_often_a_minute_comes_again_by_a_plain_loop() -> None:
    rng = np.random.default_rng(5)
    times = rng.integers(0, 30 * DAY, 60) // (7 * MINUTE) * 7 * MINUTE % (30 * DAY)
    minutes = sorted({int(t) // MINUTE for t in times})
    day = DAY // MINUTE
    days = {m // day for m in minutes}
    known = {(m + d) for m in minutes for d in (-1, 0, 1)}
    shares = []
    for m in minutes:
        others = {k // day for k in known if k % day == m % day} - {m // day}
        shares.append(len(others) / (len(days) - 1))
    assert again(times, DAY) == (pytest.approx(np.mean(shares)), len(days))
