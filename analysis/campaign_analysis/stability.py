"""How far groups depend on the community method: on its seed, and on which method it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import get_args

import igraph
import polars as pl

from campaign_analysis.communities import Community, communities, weighted
from campaign_analysis.homes import at_home, in_step_graph
from campaign_analysis.results import Agreement, Group, Member

METHODS: tuple[Community, ...] = get_args(Community)


def stable(groups: Sequence[Group], edges: pl.DataFrame, method: Community, seed: int, seeds: int) -> tuple[Group, ...]:
    """The groups with `stability`: their own and each account's.

    The pairs of `edges` (EDGE_SCHEMA) are parted again with the `seeds` seeds after the run's. Where a group lands is
    the part that holds most of its accounts, which are with their cores (homes.py); an account's stability is the share
    of seeds in which it lands there. Who joined a core comes along with it wherever it lands, and has none of its own.
    """
    if not groups or not seeds:
        return tuple(groups)
    pairs, in_step = weighted(edges), in_step_graph(edges)
    landed: Counter[str] = Counter()
    for other in range(seed + 1, seed + 1 + seeds):
        home = at_home(_homes(communities(pairs, method, other)), in_step)
        for group in groups:
            parts = Counter(home[m.id] for m in _parted(group) if m.id in home)
            main = min(parts, key=lambda part: (-parts[part], part), default=None)
            landed.update(m.id for m in _parted(group) if main is not None and home.get(m.id) == main)
    return tuple(_with_stability(group, landed, seeds) for group in groups)


def agreement(edges: pl.DataFrame, seed: int) -> tuple[Agreement, ...]:
    """How far the community methods part the pairs of `edges` alike: adjusted Rand index (Hubert & Arabie 1985)."""
    pairs = weighted(edges)
    if pairs.is_empty():
        return ()
    parts = {method: communities(pairs, method, seed) for method in METHODS}
    return tuple(Agreement(a, b, alike(parts[a], parts[b])) for a, b in combinations(METHODS, 2))


def alike(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> float:
    """The adjusted Rand index of two partitions of the same accounts, 1 where they are equal."""
    one, other = _homes(ours), _homes(theirs)
    names = sorted(one)
    return _alike([one[name] for name in names], [other[name] for name in names])


def _alike(ours: list[int], theirs: list[int]) -> float:
    """The index; 1 for equal partitions, of which it is not defined where all is one group."""
    if len(set(zip(ours, theirs, strict=True))) == len(set(ours)) == len(set(theirs)):
        return 1.0
    return float(igraph.compare_communities(ours, theirs, method="adjusted_rand"))


def _homes(parts: Sequence[Sequence[str]]) -> dict[str, int]:
    return {account: number for number, part in enumerate(parts) for account in part}


def _with_stability(group: Group, landed: Counter[str], seeds: int) -> Group:
    share = {m.id: landed[m.id] / seeds for m in _parted(group)}
    accounts = tuple(replace(m, stability=share.get(m.id)) for m in group.accounts)
    return replace(group, accounts=accounts, stability=sum(share.values()) / len(share) if share else None)


def _parted(group: Group) -> list[Member]:
    """The accounts that pairs put into the group."""
    return [m for m in group.accounts if m.joined is None]
