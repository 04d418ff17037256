"""Bots: accounts of one scheduler, which post the same hashtag in the same second. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.planting import Pushing, moments, pushing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; a window of 1 is the same second. Actions begin at multiples of `every` seconds since 1970."""

    window: Some = 1
    tags: Some = 3
    pasted: Share = 0.3
    fresh: Share = 0.8
    every: Some = 1


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups of bots, with actions at any time of the day's rhythm."""
    every = parameters.every
    return together(
        [
            pushing(rng, parameters, "bots", number, moments(rng, parameters) // every * every)
            for number in range(parameters.groups)
        ]
    )
