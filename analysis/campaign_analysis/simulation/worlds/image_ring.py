"""Image ring: groups who post the same pictures, in words and with hashtags of their own. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.conversation import PICTURES
from campaign_analysis.simulation.language import images
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, sharing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted, with everyday hashtags: the picture of each action is all that members share."""

    actions: Some = 15
    window: Some = 900


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a new picture for each action."""
    firsts = range(PICTURES, PICTURES + parameters.groups * parameters.actions, parameters.actions)
    shown = [images(first, parameters.actions) for first in firsts]
    return together([sharing(rng, parameters, "image_ring", number, "images", own) for number, own in enumerate(shown)])
