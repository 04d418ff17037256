"""How often signals about accounts speak where nothing is behind them. Prints Markdown.

    nice python benchmarks/signal_errors.py --worlds 40 --hard 1000 --first 200000

A quiet conversation of 200 accounts (`simulation/quiet.py`); groups of 30: drawn by chance, and people who have
something in common behind which there is nothing: the busiest half, those of one place, and 6 or 15 of those whom the
event brought among others. P(p <= a) <= a must hold where the group is drawn by chance, and should hold for the others.
Parameters were chosen on seeds under 100,000; `--first` begins elsewhere.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from campaign_analysis import permutation
from campaign_analysis.account_frames import PROFILES, TIMES
from campaign_analysis.signals import Asked, Signal, every
from campaign_analysis.simulation.plants import PLANTS
from campaign_analysis.simulation.quiet import EVENT, Frames, quiet

SIZE = 30
GROUPS = 25
HARD_GROUPS = 1  # groups of one conversation that are chosen for something are much the same people
NEW, MANY = 6, 15  # newcomers in a group
DRAWS = 1_999  # of groups by chance, for speed
ALPHAS = (0.1, 0.05, 0.01)
Draw = Callable[[np.random.Generator, Frames], list[str]]


def by_chance(rng: np.random.Generator, frames: Frames) -> list[str]:
    return [str(name) for name in rng.choice(frames[PROFILES.name]["account"].to_numpy(), SIZE, replace=False)]


def busy(rng: np.random.Generator, frames: Frames) -> list[str]:
    counted = frames[TIMES.name].group_by("account").len().sort("len", "account", descending=True)
    return [str(name) for name in rng.choice(counted["account"].head(100).to_numpy(), SIZE, replace=False)]


def one_place(rng: np.random.Generator, frames: Frames) -> list[str]:
    there = frames[PROFILES.name].filter(location="India")["account"].to_list()
    return [str(name) for name in rng.permutation(there)[:SIZE]]


def newcomers(rng: np.random.Generator, frames: Frames, number: int = NEW) -> list[str]:
    event = datetime.fromtimestamp(EVENT / 1000, UTC)
    profiles, begun = frames[PROFILES.name], frames[TIMES.name].group_by("account").agg(pl.col("time").min())
    joined = profiles.filter(pl.col("created_at") >= event - timedelta(days=2))["account"].to_list()
    new = joined if number == NEW else begun.filter(pl.col("time") >= EVENT)["account"].sort().to_list()
    some = [str(name) for name in rng.permutation(new)[:number]]
    rest = [name for name in by_chance(rng, frames) if name not in new]
    return [*some, *rest[: SIZE - len(some)]]


def arrived(rng: np.random.Generator, frames: Frames) -> list[str]:
    return newcomers(rng, frames, MANY)


DRAWS_OF: dict[str, Draw] = {
    "by chance": by_chance,
    "busy": busy,
    "one place": one_place,
    "newcomers": newcomers,
    "arrived": arrived,
}


def errors(signals: Sequence[Signal], seeds: range, groups: int, draw: Draw) -> dict[str, list[float]]:
    """p of every signal over some groups of each quiet conversation."""
    found: dict[str, list[float]] = defaultdict(list)
    for seed in seeds:
        frames = quiet(np.random.default_rng([seed, 1]))
        known: dict[str, Any] = {}
        for number in range(groups):
            group = frozenset(draw(np.random.default_rng([seed, 2, number]), frames))
            for signal in signals:
                result = signal.look(Asked(group, frames, None, known))
                if result.p is not None:
                    found[signal.name].append(result.p)
    return found


def ours(names: Sequence[str]) -> list[Signal]:
    return [signal for signal in every().values() if signal.name in (names or PLANTS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=100, help=f"conversations; {GROUPS} groups are drawn in each")
    parser.add_argument(
        "--hard", type=int, default=30, help="conversations in which people with something in common are"
    )
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--signals", nargs="*", default=[], help="names of signals; all of which there is a plant")
    given = parser.parse_args()
    permutation.DRAWS = DRAWS
    signals = ours(given.signals)
    worlds, hard = (range(given.first, given.first + n) for n in (given.worlds, given.hard))
    columns = {"by chance": errors(signals, worlds, GROUPS, by_chance)}
    for name, draw in DRAWS_OF.items():
        if draw is not by_chance:
            columns[name] = errors(signals, hard, HARD_GROUPS, draw)
    heads = [f"{name}, p ≤ {alpha:g}" for name in DRAWS_OF for alpha in ALPHAS]
    print(f"| signal | tried | {' | '.join(heads)} |")
    print("|---" * (len(heads) + 2) + "|")
    for signal in signals:
        cells = [f"{len(columns['by chance'].get(signal.name, []))}"]
        for name in DRAWS_OF:
            p = np.array(columns[name].get(signal.name, []))
            cells += ["–" if not len(p) else f"{(p <= alpha).mean():.3f}".lstrip("0") for alpha in ALPHAS]
        print(f"| `{signal.name}` | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
