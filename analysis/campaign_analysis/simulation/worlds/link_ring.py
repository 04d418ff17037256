"""Link ring: groups who spread the pages of one site, in words and with hashtags of their own. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.language import pages
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, sharing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted, with everyday hashtags: the page of each action is all that members share."""

    actions: Some = 15
    window: Some = 900


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a site of its own and a page for each action."""
    sites = [pages(f"push{number + 1}", parameters.actions) for number in range(parameters.groups)]
    return together([sharing(rng, parameters, "link_ring", number, "urls", site) for number, site in enumerate(sites)])
