"""Habits of the clock: against the formulas in plain Python, by hand, and what they leave to be found."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import pytest
from campaign_analysis.background import background_of
from campaign_analysis.events import encode
from campaign_analysis.habits import counted, from_habits
from campaign_analysis.sessions import Scale, posts_of
from slow_method import Act, Slow, frame_of

DAY = 86_400
MIDNIGHT = 1_599_955_200
Pair = tuple[str, str]


def found(acts: list[Act], scale: Scale) -> dict[Pair, tuple[float, float]]:
    """Episodes that habits explain, and how many come at once, of every pair of accounts."""
    events = encode(frame_of(acts))
    b = background_of(events, posts_of(events), scale)
    names = events.accounts.to_list()
    u, v = (np.array(side, dtype=np.int32) for side in zip(*combinations(range(len(names)), 2), strict=True))
    explained, at_once = from_habits(b, u, v)
    rows = zip(u, v, explained.tolist(), at_once.tolist(), strict=True)
    return {(names[i], names[j]): (x, y) for i, j, x, y in rows}


def within(one: Sequence[Act], other: Sequence[Act], window: int) -> float:
    """The chance by habit: acts of different days, by the time of the day, with ten pairs that keep no times."""
    pairs = [(a, b) for a in one for b in other if a.when // DAY != b.when // DAY]
    near = sum(abs(a.when % DAY - b.when % DAY) <= window for a, b in pairs)
    chance = 2 * window / DAY
    return max(0.0, (near + 10 * chance) / (len(pairs) + 10) - chance) if pairs else 0.0


def on_other_days(u: Sequence[Act], v: Sequence[Act], scale: Scale) -> tuple[float, int, int]:
    """Episodes by the times of the day, objects of days on which both acted on them, and those days."""
    shared = {(a.what, a.when // DAY) for a in u} & {(a.what, a.when // DAY) for a in v}
    mine, others = ([a for a in acts if (a.what, a.when // DAY) in shared] for acts in (u, v))

    def blocks(acts: Sequence[Act], cell: tuple[str, float]) -> int:
        return len({a.when // scale.block for a in acts if (a.what, a.when // DAY) == cell})

    def met(cells: Iterable[tuple[str, float]]) -> int:
        return sum(blocks(mine, cell) * blocks(others, cell) for cell in cells)

    def of(acts: Sequence[Act], objects: set[str]) -> list[Act]:
        return [a for a in acts if a.what in objects]

    days = Counter(what for what, _ in shared)
    several, once = ({what for what, n in days.items() if (n > 1) == many} for many in (True, False))
    apart = sum(
        met(c for c in shared if c[0] in objects) * within(of(mine, objects), of(others, objects), scale.window)
        for objects in (*({what} for what in several), once)
    )
    episodes = max(apart, met(shared) * within(mine, others, scale.window))
    return episodes, len(shared), len({day for _, day in shared})


class Person:
    """One account's habits of minutes, from the words of the method."""

    def __init__(self, acts: list[Act], scale: Scale) -> None:
        self.acts, self.window, self.block = acts, scale.window, scale.block
        self.objects = {a.what for a in acts}
        self.days = {int(a.when) // DAY for a in acts}

    def a(self) -> dict[int, float]:
        seen = defaultdict(set)
        for act in self.acts:
            seen[int(act.when) % DAY // self.block].add(int(act.when) // DAY)
        span = max(self.days) - min(self.days)
        usual = (sum(map(len, seen.values())) - 1) / (len(seen) * (span + 1))
        return {block: max((len(days) - 1) / max(span, 1), usual) for block, days in seen.items()}

    def p(self, what: str) -> float:
        blocks = {int(a.when) // self.block for a in self.acts}
        return len({int(a.when) // self.block for a in self.acts if a.what == what}) / len(blocks)

    def g(self) -> dict[int, float]:
        per_block = self.block // self.window
        seen = Counter(phase for _, phase in {divmod(int(a.when) // self.window, per_block) for a in self.acts})
        return {phase: (n - 1) / max(sum(seen.values()) - 1, 1) for phase, n in seen.items()}


def near(one: dict[int, float], other: dict[int, float], reach: int = 1) -> float:
    return sum(
        x * other.get(t + step, 0.0) * (0.5 if step else 1.0)
        for t, x in one.items()
        for step in range(-reach, reach + 1)
    )


def by_minutes(u: Person, v: Person) -> float:
    objects = sum(u.p(what) * v.p(what) for what in u.objects & v.objects)
    days = max(0, min(max(u.days), max(v.days)) - max(min(u.days), min(v.days)) + 1)
    return near(u.a(), v.a(), 0) * objects * min(1.0, near(u.g(), v.g())) * days


def slowly(acts: list[Act], scale: Scale) -> dict[Pair, tuple[float, float]]:
    collapsed = Slow(acts, scale.window, scale.block, 1).acts
    begin = min(int(a.when) // DAY for a in collapsed)
    days = max(int(a.when) // DAY for a in collapsed) - begin + 1
    length = math.ceil(days / max(1, round(days / 28)))
    own: dict[str, dict[int, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for a in collapsed:
        own[a.who][(int(a.when) // DAY - begin) // length].append(a)
    expected = {}
    for u, v in combinations(sorted(own), 2):
        parts = []
        for stretch in own[u].keys() & own[v].keys():
            mine, others = own[u][stretch], own[v][stretch]
            episodes, objects, on_days = on_other_days(mine, others, scale)
            parts.append((max(episodes, by_minutes(Person(mine, scale), Person(others, scale))), objects, on_days))
        episodes, objects, on_days = (sum(column) for column in zip(*parts, strict=True)) if parts else (0.0, 0, 0)
        expected[u, v] = (episodes, objects / on_days if on_days else 1.0)
    return expected


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
    expected = slowly(acts, scale)
    assert max(x for x, _ in expected.values()) > 0.5
    assert max(y for _, y in expected.values()) > 1
    got = found(acts, scale)
    assert got.keys() == expected.keys()
    for pair, numbers in expected.items():
        assert got[pair] == pytest.approx(numbers, rel=1e-9, abs=1e-12), pair


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
