"""Sizes: groups of five to five hundred accounts that push hashtags at agreed moments. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.parameters import Several, Share, Some
from campaign_analysis.simulation.planting import Pushing, moments, pushing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing, with a size for each group and one turn-out for all."""

    groups: Some = 6
    size: tuple[Several, ...] = (5, 10, 25, 60, 150, 500)
    turnout: tuple[Share, ...] = (0.6,)
    tags: Some = 2


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, with actions at any time of the day's rhythm."""
    return together(
        [pushing(rng, parameters, "sizes", number, moments(rng, parameters)) for number in range(parameters.groups)]
    )
