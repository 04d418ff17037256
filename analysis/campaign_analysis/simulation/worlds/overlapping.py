"""Overlapping: pairs of rings with hashtags and moments of their own, which share some accounts. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.everyday import keys
from campaign_analysis.simulation.parameters import Share
from campaign_analysis.simulation.planting import (
    Group,
    Pushing,
    attendance,
    moments,
    planted,
    pushed,
    pushed_tags,
)
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing, where `groups` are pairs of rings of equal size; a share `shared` of each is in both."""

    groups: int = 2
    shared: Share = 0.3
    turnout: tuple[Share, ...] = (0.8, 0.5)


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All pairs of rings."""
    return together([_pair(rng, parameters, number) for number in range(parameters.groups)])


def _pair(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    size = parameters.size[number % len(parameters.size)]
    both = round(parameters.shared * size)
    everybody = keys(f"overlapping-{number}", 2 * size - both)
    rings, posts = [], []
    for letter, members in (("a", everybody.head(size)), ("b", everybody.tail(size))):
        ring = Group(f"overlapping-{number}{letter}", "overlapping", members, attendance(rng, parameters, number, size))
        posts.append(pushed(rng, parameters, ring, moments(rng, parameters), pushed_tags(rng, parameters)))
        rings.append(ring)
    return planted(rng, parameters, rings, *posts)
