"""Do the intervals of the counterfactual cover as often as they claim, and does a hashtag rise as often as it says?

    python benchmarks/counterfactual.py covers --seeds 1000-1039
    python benchmarks/counterfactual.py rises --seeds 1000-1039

Prints the tables of docs/trending.md: `covers`, of the acts that are owed to the group; `rises`, of whether and when it
would have risen all the same. Truth is what the crowd did of itself, judged by the same rule as the draws.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from campaign_analysis.simulation.set_off import HOUR, Caused, SetOff, caused
from campaign_analysis.trending.owed import Owed, owed
from campaign_analysis.trending.rising import Scan
from campaign_analysis.trending.without import would_rise

BASE = SetOff()
CHOSEN_ON = {
    "nothing set off": replace(BASE, alpha=0.0),
    "each act brings half a one": replace(BASE, alpha=0.5),
    "each act brings two": replace(BASE, alpha=2.0),
    "one pulse only": replace(BASE, pulses=1, members=100),
    "a hashtag with a past": replace(BASE, usual=20.0),
    "people answer each other much": replace(BASE, beta=0.7),
    "an event at another time": replace(BASE, event=200),
    "an event as the group begins": replace(BASE, event=200, with_group=True),
    "one pulse, and an event with it": replace(BASE, pulses=1, members=100, event=200, with_group=True),
    "an event alone, the group adds": replace(BASE, alpha=0.0, event=300),
    "slow memory (2 h)": replace(BASE, memory=7200.0),
    "not exponential: log-normal": replace(BASE, delay="log-normal"),
    "a week": replace(BASE, hours=168, pulses=10),
}
NEVER_SEEN = {
    "not exponential: gamma": replace(BASE, delay="gamma"),
    "β = 0.4, and an even day": replace(BASE, beta=0.4, rhythm=0.0),
    "a steep day's rhythm, with a past": replace(BASE, usual=8.0, rhythm=0.95),
    "two events": replace(BASE, event=120, events=2),
    "three events": replace(BASE, event=100, events=3),
    "a group of 10, small": replace(BASE, pulses=2, members=10, event=40),
    "a group of 500, two pulses": replace(BASE, pulses=2, members=500),
}
CUT = 1e-3  # p over all stretches up to which a hashtag is said to rise; a report's own is of this order
DISPERSION = 1.5
PLACES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)  # of the table of shares


@dataclass(frozen=True)
class Once:
    """One hashtag: what was owed, and what was said of it."""

    acts: int
    own: int
    low: float
    lower: float
    upper: float
    high: float
    rises: bool
    share: float
    since: int | None  # the hour by whose end it rises in truth
    told: tuple[int, int, int] | None


def main() -> None:
    """Print one of the two tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("table", choices=["covers", "rises"])
    parser.add_argument("--seeds", default="1000-1039", help="from-to")
    parser.add_argument("--world", action="append", help="only this one")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    if asked.table == "rises":
        print_rises(seeds)
        return
    print("| world | others' acts | owed to the group | 50 % covers | 90 % covers | width of the 90 % |")
    print("|---|---|---|---|---|---|")
    for worlds in (CHOSEN_ON, NEVER_SEEN):
        for name, world in worlds.items():
            if not asked.world or name in asked.world:
                print(f"| {name} | {row([once(world, seed) for seed in seeds])} |", flush=True)


def row(found: Sequence[Once]) -> str:
    """A world's row."""
    acts, part = np.mean([o.acts for o in found]), np.mean([1 - o.own / o.acts for o in found])
    half, most = (np.mean([a <= o.own <= b for o, a, b in sides]) for sides in (
        [(o, o.lower, o.upper) for o in found], [(o, o.low, o.high) for o in found]
    ))  # fmt: skip
    width = np.mean([(o.high - o.low) / o.acts for o in found])
    return f"{acts:.0f} | {part:.0%} | {half:.0%} | {most:.0%} | {width:.2f}"


def once(world: SetOff, seed: int) -> Once:
    """Draw a hashtag, ask, and look at the truth."""
    truth = caused(world, seed)
    drawn = owed(
        truth.group, truth.others, 0, truth.everybody, truth.past, truth.past_of_everybody, seed + 1
    )  # fmt: skip
    low, lower, upper, high = np.quantile(drawn.own.sum(axis=1), [0.05, 0.25, 0.75, 0.95])
    rises, share, since, told = judged(truth, drawn)
    own = int((~truth.set_off).sum())
    return Once(len(truth.others), own, low, lower, upper, high, rises, share, since, told)


def judged(truth: Caused, drawn: Owed) -> tuple[bool, float, int | None, tuple[int, int, int] | None]:
    """Whether and when the crowd's own acts rise, and what the draws say of both."""
    hours = len(truth.everybody)
    lengths = (1, 3, 6, 12, 24)
    scan = Scan(truth.past, truth.past_of_everybody, truth.everybody, dict.fromkeys(lengths, DISPERSION))
    own = np.bincount(truth.others[~truth.set_off] // HOUR, minlength=hours)[:hours]
    share, told = would_rise(drawn.by_hour(), scan, CUT, 0)
    at = scan.first(own, CUT)
    return scan.rises(own, CUT), share, None if at is None else at - 1, told


def borderline() -> dict[str, SetOff]:
    """Worlds in which the crowd's own acts rise about as often as not: a small event, or none, of several kinds."""
    worlds = {}
    for event in (0, 10, 20, 40, 80):
        for with_group in (False, True):
            for usual in (1.0, 6.0):
                small = replace(BASE, event=event, with_group=with_group, usual=usual)
                worlds[f"{event}, {with_group}, {usual}"] = small
                worlds[f"{event}, {with_group}, {usual}, one pulse"] = replace(small, pulses=1, members=60, alpha=0.7)
    return worlds


def print_rises(seeds: Sequence[int]) -> None:
    """Of the hashtags that are said to rise in so many draws, how many do; and whether the hour is in its interval."""
    found = [once(world, seed) for world in borderline().values() for seed in seeds]
    share, rises = np.array([o.share for o in found]), np.array([o.rises for o in found])
    print("| rises in so many of the draws | hashtags | mean share | do rise |\n|---|---|---|---|")
    for low, high in pairwise(PLACES):
        here = (share >= low) & ((share < high) if high < 1 else (share <= 1))
        if here.any():
            print(f"| {low:.0%} to {high:.0%} | {here.sum()} | {share[here].mean():.0%} | {rises[here].mean():.0%} |")
    print(f"\nBrier {np.mean((share - rises) ** 2):.3f}; {np.mean(rises):.0%} of {len(found)} rise, ", end="")
    print(f"so that saying this of all gives {np.mean(rises) * (1 - np.mean(rises)):.3f}")
    timed = [(o.since, o.told) for o in found if o.since is not None and o.told is not None]
    covers = np.mean([told[0] <= since <= told[2] for since, told in timed])
    width = np.mean([told[2] - told[0] for _, told in timed])
    off = np.median([abs(told[1] - since) for since, told in timed])
    print(f"\nThe hour by whose end it rises: in its 90 % interval {covers:.0%} of {len(timed)} times, ", end="")
    print(f"mean width {width:.1f} hours; the middle is off by {off:.0f} hours in the median")


if __name__ == "__main__":
    main()
