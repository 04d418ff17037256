"""Do the intervals of the counterfactual cover as often as they claim? Prints the table of docs/trending.md.

python benchmarks/counterfactual.py --seeds 200
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np
from campaign_analysis.simulation.set_off import SetOff, caused
from campaign_analysis.trending.owed import owed

BASE = SetOff()
WORLDS = {
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


def main() -> None:
    """Print coverage of the 50 % and 90 % intervals, and their mean width in parts of the others' acts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--world", action="append", help="only this one")
    asked = parser.parse_args()
    seeds = asked.seeds
    print("| world | others' acts | owed to the group | 50 % covers | 90 % covers | width of the 90 % |")
    print("|---|---|---|---|---|---|")
    for name, world in WORLDS.items():
        if asked.world and name not in asked.world:
            continue
        print(f"| {name} | {' | '.join(measured(world, seeds))} |", flush=True)


def measured(world: SetOff, seeds: int) -> tuple[str, ...]:
    """A row of the table."""
    rows = np.array([once(world, seed) for seed in range(seeds)])
    acts, part, half, most, width = rows.mean(axis=0)
    return f"{acts:.0f}", f"{part:.0%}", f"{half:.0%}", f"{most:.0%}", f"{width:.2f}"


def once(world: SetOff, seed: int) -> tuple[float, float, bool, bool, float]:
    """One hashtag: others' acts, the part owed to the group, whether the two intervals cover it, the wider's width."""
    truth = caused(world, seed)
    found = owed(truth.group, truth.others, 0, truth.everybody, truth.past, truth.past_of_everybody, seed + 1).own.sum(
        axis=1
    )
    own, acts = int((~truth.set_off).sum()), len(truth.others)
    low, lower, upper, high = np.quantile(found, [0.05, 0.25, 0.75, 0.95])
    return acts, 1 - own / acts, lower <= own <= upper, low <= own <= high, (high - low) / acts


if __name__ == "__main__":
    main()
