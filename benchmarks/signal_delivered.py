"""Bought followers and bought crowds in the panel: how often they speak by chance, and where something is behind it.

    nice python benchmarks/signal_delivered.py --worlds 40 --hard 1000 --first 100000

A conversation of up to 440 accounts in one list (`simulation/audiences/talked.py`): 20,000 followers of whom 10 %
were bought, aged or fresh, or lists of retweeters of 40 posts, of which 10 were bought; 40 of the accounts were bought.
Groups of 30, drawn by chance, or half of innocents who came together: newcomers of viral days, fans. Last, groups of
which 5, 10 or 15 were bought.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from campaign_analysis.account_frames import Frame
from campaign_analysis.signals import Asked, named
from campaign_analysis.signals.bought_engagement import REACTIONS
from campaign_analysis.signals.bought_followers import LISTS
from campaign_analysis.simulation.audiences.talked import Talked, followers_talked, reactions_talked

SIZE, GROUPS = 30, 25
ALPHAS = (0.1, 0.05, 0.01)
PLANTED = (5, 10, 15)
World = Callable[[int], Talked]
WORLDS: dict[str, tuple[str, Frame, World]] = {
    "bought_followers, aged": ("bought_followers", LISTS, lambda seed: followers_talked(seed, 0.1)),
    "bought_followers, fresh": ("bought_followers", LISTS, lambda seed: followers_talked(seed, 0.1, "fresh")),
    "bought_engagement": ("bought_engagement", REACTIONS, lambda seed: reactions_talked(seed, 10)),
}


def asked(kind: str, talked: Talked, group: list[str], known: dict[str, object]) -> float:
    name, frame, _ = WORLDS[kind]
    p = named(name).look(Asked(frozenset(group), {frame.name: talked.frame}, frozenset(talked.accounts), known)).p
    return 1.0 if p is None else p


def row(kind: str, worlds: range, hard: range) -> list[str]:
    """Shares of groups with p at most each alpha, by chance and of innocents; shares of planted ones at .001."""
    chance, together = [], []
    planted: dict[int, list[float]] = {number: [] for number in PLANTED}
    for seed in hard:
        rng, talked, known = np.random.default_rng([seed, 33]), WORLDS[kind][2](seed), dict[str, object]()
        draw = [str(a) for a in rng.permutation(talked.accounts)]
        together.append(asked(kind, talked, [*talked.together[: SIZE // 2], *draw[: SIZE // 2]], known))
        if seed in worlds:
            groups = (rng.choice(talked.accounts, SIZE, replace=False).tolist() for _ in range(GROUPS))
            chance += [asked(kind, talked, group, known) for group in groups]
            for number in PLANTED:
                planted[number].append(asked(kind, talked, [*talked.bought[:number], *draw[: SIZE - number]], known))
    small = [f"{(np.array(p) <= a).mean():.3f}" for p in (chance, together) for a in ALPHAS]
    return [kind, str(len(chance)), *small, *(f"{(np.array(p) <= 0.001).mean():.2f}" for p in planted.values())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=40, help=f"conversations in which {GROUPS} groups are drawn")
    parser.add_argument("--hard", type=int, default=1000, help="conversations, with those, with a group of innocents")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    given = parser.parse_args()
    worlds, hard = (range(given.first, given.first + n) for n in (given.worlds, max(given.hard, given.worlds)))
    heads = [f"{name}, p ≤ {alpha:g}" for name in ("by chance", "together") for alpha in ALPHAS]
    print(f"| signal | by chance | {' | '.join([*heads, *(f'{n} of {SIZE} bought' for n in PLANTED)])} |")
    print("|---" * (2 + len(heads) + len(PLANTED)) + "|")
    for kind in WORLDS:
        print(f"| {' | '.join(row(kind, worlds, hard))} |", flush=True)


if __name__ == "__main__":
    main()
