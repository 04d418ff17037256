"""Drip: groups who push their hashtag once a day or so, week after week. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Pushing, latest, pushing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; the actions of a group are spread evenly over the whole time."""

    actions: Some = 28
    window: Some = 120


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with actions from the first day to the last."""
    return together([_drip(rng, parameters, number) for number in range(parameters.groups)])


def _drip(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    step = (latest(parameters) - parameters.begins) / parameters.actions
    places = np.arange(parameters.actions) + rng.random(parameters.actions)
    return pushing(rng, parameters, "drip", number, parameters.begins + (places * step).astype(np.int64))
