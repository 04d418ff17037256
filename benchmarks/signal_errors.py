"""How often signals about accounts speak where nothing is behind them, and where something is. Prints Markdown.

    nice python benchmarks/signal_errors.py --worlds 100 --hard 30 --plants 50

A quiet conversation of 200 accounts (`simulation/quiet.py`); groups of 30: drawn by chance, the busiest ones by half,
of one place, and of those whom the event brought. Where the group is drawn by chance P(p <= a) <= a must hold; the
others are people who have something in common, so that the signals may speak of it, and the table says how often.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from campaign_analysis import permutation
from campaign_analysis.account_frames import PROFILES, TIMES
from campaign_analysis.signals import Asked, every
from campaign_analysis.simulation.plants import PLANTS
from campaign_analysis.simulation.quiet import EVENT, Frames, quiet

SIZE = 30
GROUPS = 25
HARD_GROUPS = 4  # groups of one conversation that are chosen for something are much the same people
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


def newcomers(rng: np.random.Generator, frames: Frames) -> list[str]:
    event = datetime.fromtimestamp(EVENT / 1000, UTC)
    new = frames[PROFILES.name].filter(pl.col("created_at") >= event - timedelta(days=2))["account"].to_list()
    some = [str(name) for name in rng.permutation(new)[:6]]
    rest = [name for name in by_chance(rng, frames) if name not in new]
    return [*some, *rest[: SIZE - len(some)]]


DRAWS_OF: dict[str, Draw] = {"by chance": by_chance, "busy": busy, "one place": one_place, "newcomers": newcomers}


def errors(worlds: int, groups: int, draw: Draw) -> dict[str, list[float]]:
    """p of every signal over some groups of each quiet conversation."""
    found: dict[str, list[float]] = defaultdict(list)
    for seed in range(worlds):
        frames, known = quiet(np.random.default_rng([seed, 1])), {}
        for number in range(groups):
            group = frozenset(draw(np.random.default_rng([seed, 2, number]), frames))
            for signal in ours():
                result = signal.look(Asked(group, frames, None, known))
                if result.p is not None:
                    found[signal.name].append(result.p)
    return found


def recall(seeds: int) -> dict[str, list[float]]:
    """p of each signal where its own thing is planted."""
    found: dict[str, list[float]] = defaultdict(list)
    for seed in range(seeds):
        rng = np.random.default_rng([seed, 2])
        frames = quiet(rng)
        group = by_chance(rng, frames)
        for signal in ours():
            result = signal.look(Asked(frozenset(group), PLANTS[signal.name](rng, frames, group)))
            found[signal.name].append(1.0 if result.p is None else result.p)
    return found


def ours() -> list:
    return [signal for signal in every().values() if signal.name in PLANTS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=100, help=f"conversations; {GROUPS} groups are drawn in each")
    parser.add_argument(
        "--hard", type=int, default=30, help="conversations in which people with something in common are"
    )
    parser.add_argument("--plants", type=int, default=50, help="conversations in which each thing is planted once")
    given = parser.parse_args()
    permutation.DRAWS = DRAWS
    planted = recall(given.plants)
    columns = {"by chance": errors(given.worlds, GROUPS, by_chance)}
    columns |= {name: errors(given.hard, HARD_GROUPS, draw) for name, draw in DRAWS_OF.items() if draw is not by_chance}
    heads = [f"{name}, p ≤ {alpha:g}" for name in DRAWS_OF for alpha in ALPHAS]
    print(f"| signal | tried | {' | '.join(heads)} | planted, p ≤ .001 |")
    print("|---" * (len(heads) + 3) + "|")
    for signal in ours():
        cells = [f"{len(columns['by chance'].get(signal.name, []))}"]
        for name in DRAWS_OF:
            p = np.array(columns[name].get(signal.name, []))
            cells += ["–" if not len(p) else f"{(p <= alpha).mean():.3f}".lstrip("0") for alpha in ALPHAS]
        seen = np.mean(np.array(planted[signal.name]) <= 0.001)
        print(f"| `{signal.name}` | {' | '.join(cells)} | {seen:.2f} |")


if __name__ == "__main__":
    main()
