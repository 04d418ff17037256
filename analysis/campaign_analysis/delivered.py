"""Whether a group's accounts are among what was delivered: in lots of followers, in crowds that react in one go.

In each collection (the followers of somebody, who reacts to somebody) some accounts are *marked*: they are in a lot, in
a crowd. Of those of the conversation who are in the collection, who is of the group is chance, and the odds of being
marked may be double for people who have something in common: p of a collection is the tail of Fisher's noncentral
hypergeometric law at odds of 2. p of all is the smallest, times the number of collections that have marks, which does
not depend on who is in the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from campaign_analysis.followers.lots import chance
from campaign_analysis.followers.scan import FACTOR
from campaign_analysis.scan import log_choose
from campaign_analysis.signals import Asked

LEAST = 5  # accounts of the group in collections, under which nothing is tried


@dataclass(frozen=True)
class Collection:
    """Accounts that follow or react to `whom`, and those of them that are in lots or crowds."""

    whom: str
    accounts: frozenset[str]
    marked: frozenset[str]


@dataclass(frozen=True)
class Among:
    """How many of the group, and of the others, are in a collection, and in its lots or crowds (`hits`: ids); p."""

    whom: str
    of: int
    hits: tuple[str, ...]
    others: int
    others_hit: int
    p: float


def among(collections: Sequence[Collection], asked: Asked) -> tuple[float, list[Among]]:
    """p of the group, and every collection that has marks, the surest first. p is 1 where nothing is marked."""
    held = sorted((_held(c, asked) for c in collections if c.marked), key=lambda a: (a.p, a.whom))
    return (min(1.0, held[0].p * len(held)) if held else 1.0), held


def there(collections: Sequence[Collection], asked: Asked) -> tuple[int, int]:
    """How many of the group and of the others are in any collection."""
    everybody = {a for c in collections for a in c.accounts if asked.counts(a)}
    mine = len(everybody & asked.group)
    return mine, len(everybody) - mine


def _held(collection: Collection, asked: Asked) -> Among:
    counted = {a for a in collection.accounts if asked.counts(a)}
    mine = counted & asked.group
    marked = counted & collection.marked
    hits = tuple(sorted(mine & marked))
    p = tail(len(hits), len(counted), len(marked), len(mine), FACTOR)
    return Among(collection.whom, len(mine), hits, len(counted) - len(mine), len(marked) - len(hits), p)


def tail(k: int, everybody: int, marked: int, drawn: int, odds: float) -> float:
    """P(X >= k), X of Fisher's noncentral hypergeometric law: `drawn` of `everybody`, of whom some are marked."""
    x = np.arange(max(0, drawn + marked - everybody), min(drawn, marked) + 1)
    law = log_choose(marked, x) + log_choose(everybody - marked, drawn - x) + x * np.log(odds)
    return chance(float(np.exp(logsumexp(law[x >= k]) - logsumexp(law)))) if (x >= k).any() else 0.0
