"""How often the signal of copied profiles speaks, and what it costs. Prints Markdown.

    nice python benchmarks/signal_clones.py --worlds 20 --people 20000

Invented people (`simulation/people`), of whom one in fifty is copied. Held against 2,000 accounts: groups of 30 drawn
by chance from a conversation of which one in ten is a copy, and groups of 30 with 2, 3, 5 or 10 copies among 2,000
others.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import polars as pl
from campaign_analysis.account_frames import ALL_PROFILES, PROFILES
from campaign_analysis.signals import Asked, named
from campaign_analysis.simulation.people import simulate_profiles
from campaign_analysis.simulation.quiet import Frames, framed

SIZE, OTHERS, GROUPS = 30, 2_000, 50
COPIES = (2, 3, 5, 10)
LOOK = named("clones").look


def as_frames(profiles: pl.DataFrame, accounts: list[str]) -> Frames:
    asked = profiles.filter(pl.col("account").is_in(accounts))
    columns = {name: asked[name] for name in PROFILES.columns if name in asked.columns}
    return {PROFILES.name: framed(PROFILES, **columns), ALL_PROFILES.name: profiles.select(*ALL_PROFILES.columns)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--people", type=int, default=20_000)
    given = parser.parse_args()
    chance: list[float] = []
    planted: dict[int, list[float]] = {copies: [] for copies in COPIES}
    seen: list[int] = []
    innocent, seconds = 0, []
    for seed in range(given.worlds):
        rng = np.random.default_rng([seed, 1])
        profiles, truth = simulate_profiles(given.people, given.people // 50, seed=seed)
        clones = rng.permutation(truth["account"].to_numpy())
        rest = rng.permutation(
            profiles["account"].filter(~profiles["account"].is_in(truth["account"].implode())).to_numpy()
        )
        others, spare = rest[:OTHERS], rest[OTHERS : OTHERS + SIZE]
        mixed = np.concatenate([rest[: OTHERS * 9 // 10], clones[: OTHERS // 10]])
        frames, known = as_frames(profiles, mixed.tolist()), {}
        for _ in range(GROUPS):
            group = frozenset(rng.choice(mixed, SIZE, replace=False).tolist())
            chance.append(LOOK(Asked(group, frames, frozenset(mixed.tolist()), known)).p or 1.0)
        for copies in COPIES:
            group = [*clones[:copies].tolist(), *spare[copies:].tolist()]
            frames = as_frames(profiles, [*group, *others.tolist()])
            begun = time.process_time()
            result = LOOK(Asked(frozenset(group), frames, frozenset(others.tolist())))
            seconds.append(time.process_time() - begun)
            planted[copies].append(1.0 if result.p is None else result.p)
            found = set(result.seen[0].accounts) if result.seen else set()
            innocent += len(found - set(clones.tolist()))
            if copies == COPIES[-1]:
                seen.append(len(found))
    p = np.array(chance)
    print(f"by chance, {len(p)} groups: " + ", ".join(f"p ≤ {a:g}: {(p <= a).mean():.3f}" for a in (0.1, 0.05, 0.01)))
    for copies, ps in planted.items():
        print(f"{copies} copies of {SIZE}, {len(ps)} groups: p ≤ .001 in {(np.array(ps) <= 0.001).mean():.2f}")
    print(f"of {COPIES[-1]} copies {np.mean(seen):.1f} found; {innocent} innocent accounts named")
    print(f"processor time, the median: {np.median(seconds):.2f} s")


if __name__ == "__main__":
    main()
