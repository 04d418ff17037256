"""Habits once more, slowly: from the words of the method in plain Python."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from campaign_analysis.sessions import Scale
from scipy import special
from slow_method import Act, Slow

DAY = 86_400
AT_ONCE = -0.001  # seconds after a post came out: its readers may react in the same tick
Pair = tuple[str, str]
Births = dict[str, float]  # seconds since 1970


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


def share_near(ages: Iterable[tuple[float, float]], window: float, soon: float) -> int:
    """How many pairs of ages are within the window, and not both within `soon`."""
    return sum(abs(a - b) <= window and max(a, b) > soon for a, b in ages)


def usual_of(slow: Slow, born: Births, soon: float = AT_ONCE) -> float:
    """How often two acts of the log are within the window, by the time since their objects came out."""
    ages = [a.when - born[a.what] for a in slow.acts if a.what in born]
    return share_near(combinations(ages, 2), slow.window, soon) / math.comb(len(ages), 2) if len(ages) > 1 else 0.0


def by_ages(u: Sequence[Act], v: Sequence[Act], born: Births, window: float, soon: float, usual: float) -> float:
    """What the two would share if each came as soon after one object as it did after another."""
    mine, others = ({a.what: a.when - born[a.what] for a in reversed(acts) if a.what in born} for acts in (u, v))
    both = sorted(mine.keys() & others.keys())
    near = share_near(((mine[o], others[p]) for o in both for p in both if o != p), window, soon)
    return len(both) * (near + 10 * usual) / (len(both) * (len(both) - 1) + 10)


def habits_of(
    slow: Slow, pairs: Iterable[Pair], born: Births | None = None, soon: float = AT_ONCE
) -> dict[Pair, tuple[float, float]]:
    """Episodes that habits explain, and how many come at once, of each of these pairs at one scale of a log.

    `born` says when objects came out; who comes within `soon` seconds after has not read them.
    """
    births = born or {}
    usual = usual_of(slow, births, soon)
    collapsed, scale = slow.acts, Scale(int(slow.window), int(slow.block))
    begin = min(int(a.when) // DAY for a in collapsed)
    days = max(int(a.when) // DAY for a in collapsed) - begin + 1
    length = math.ceil(days / max(1, round(days / 28)))
    own: dict[str, dict[int, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for a in collapsed:
        own[a.who][(int(a.when) // DAY - begin) // length].append(a)
    expected = {}
    for u, v in pairs:
        parts = []
        for stretch in own[u].keys() & own[v].keys():
            mine, others = own[u][stretch], own[v][stretch]
            episodes, objects, on_days = on_other_days(mine, others, scale)
            soonness = by_ages(mine, others, births, scale.window, soon, usual)
            minutes = by_minutes(Person(mine, scale), Person(others, scale))
            parts.append((max(episodes, minutes, soonness), objects, on_days))
        episodes, objects, on_days = (sum(column) for column in zip(*parts, strict=True)) if parts else (0.0, 0, 0)
        expected[u, v] = (episodes, objects / on_days if on_days else 1.0)
    return expected


def expected_in_step(slow: Slow, pair: Pair, habits: dict[Pair, tuple[float, float]]) -> float:
    """Expected episodes *in step*, after habits: as many as make the Poisson tail what habits make of it.

    Habits are asked object by object; of posts that share several one counts.
    """
    n, expected, (explained, at_once) = slow.once_a_post(pair), slow.expected(*pair)[1], habits[pair]
    fold = slow.fold(*pair)
    at_once = max(1.0, at_once / fold)
    p = special.gammainc(n / at_once, explained / fold / at_once)
    return float(special.gammaincinv(n, p)) if p > special.gammainc(n, expected) else expected
