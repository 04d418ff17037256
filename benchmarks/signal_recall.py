"""How little of its thing each signal sees: groups of which a part has it. Prints Markdown.

    nice python benchmarks/signal_recall.py --worlds 20 --first 300000

A quiet conversation of 200 accounts (`simulation/quiet.py`), groups of 20 and 60 drawn by chance, of which 10, 25, 50
or 90 % have what the signal looks for (`simulation/plants.py`); the share of groups with p at most .001.
"""

from __future__ import annotations

import argparse

import numpy as np
from campaign_analysis.account_frames import PROFILES
from campaign_analysis.signals import Asked, named
from campaign_analysis.simulation.plants import PLANTS
from campaign_analysis.simulation.quiet import quiet

SIZES = (20, 60)
SHARES = (0.1, 0.25, 0.5, 0.9)
SURE = 0.001


def found(name: str, size: int, share: float, seeds: range) -> float:
    """Share of groups that the signal speaks of."""
    hits = 0
    for seed in seeds:
        rng = np.random.default_rng([seed, size])
        frames = quiet(rng)
        group = [str(a) for a in rng.choice(frames[PROFILES.name]["account"].to_numpy(), size, replace=False)]
        p = named(name).look(Asked(frozenset(group), PLANTS[name](rng, frames, group[: round(share * size)]))).p
        hits += p is not None and p <= SURE
    return hits / len(seeds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--signals", nargs="*", default=[], help="names of signals; all of which there is a plant")
    given = parser.parse_args()
    seeds = range(given.first, given.first + given.worlds)
    heads = [f"{share:.0%} of {size}" for size in SIZES for share in SHARES]
    print(f"| signal | {' | '.join(heads)} |")
    print("|---" * (1 + len(heads)) + "|")
    for name in given.signals or sorted(PLANTS):
        cells = [f"{found(name, size, share, seeds):.2f}" for size in SIZES for share in SHARES]
        print(f"| `{name}` | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
