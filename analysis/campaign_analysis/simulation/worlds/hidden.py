"""Hidden: groups who act only while strangers make a spike of the same hashtag. Guilty, in an innocent spike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.crowds import spike
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.planting import Pushing, group, moments, planted, pushed, pushed_tags
from campaign_analysis.simulation.world import World, innocents, nobody, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; each action lies in a spike of `strangers` within `minutes`, at its height."""

    groups: Some = 3
    actions: Some = 8
    tags: Some = 8
    turnout: tuple[Share, ...] = (0.9, 0.7, 0.5)
    joining: int = 0
    strangers: Some = 150
    minutes: Some = 15


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with spikes of its own."""
    return together([_hidden(rng, parameters, number) for number in range(parameters.groups)])


def _hidden(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, tags = group(rng, parameters, "hidden", number), pushed_tags(rng, parameters)
    starts, length = moments(rng, parameters), 60 * parameters.minutes
    height = np.minimum(starts + length // 4, parameters.ends - parameters.window)
    spikes = pl.concat(
        spike(rng, parameters, tag, int(start), parameters.strangers, length)
        for tag, start in zip(tags, starts, strict=True)
    )
    crowd = World(spikes, nobody(), innocents(spikes["account"], f"spikes-of-hidden-{number}", "spike"))
    return together([planted(rng, parameters, [ring], pushed(rng, parameters, ring, height, tags)), crowd])
