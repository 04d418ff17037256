"""Many tags: groups that push twenty popular hashtags in turn, so that none of them stands out. Guilty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Pushing, moments, pushing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing, with as many hashtags as actions."""

    actions: Some = 20
    tags: Some = 20
    popularity: Literal["rare", "popular"] = "popular"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, with actions at any time of the day's rhythm."""
    return together(
        [pushing(rng, parameters, "many_tags", number, moments(rng, parameters)) for number in range(parameters.groups)]
    )
