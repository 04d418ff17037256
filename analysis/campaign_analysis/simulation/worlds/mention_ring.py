"""Mention ring: groups who name the same strangers, in words and with hashtags of their own. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.everyday import passers_by
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, sharing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted, with everyday hashtags: the stranger of each action is all that members share."""

    actions: Some = 15
    window: Some = 900


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a stranger for each action."""
    targets = [passers_by(rng, parameters, parameters.actions) for _ in range(parameters.groups)]
    return together(
        [sharing(rng, parameters, "mention_ring", number, "mentions", named) for number, named in enumerate(targets)]
    )
