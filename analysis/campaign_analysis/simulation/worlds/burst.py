"""Burst: groups whose every action falls into one hour, and who are never seen together again. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.everyday import day_times
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Pushing, latest, pushing
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; all actions of a group begin within `minutes`."""

    minutes: Some = 60


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with an hour of its own."""
    return together([_burst(rng, parameters, number) for number in range(parameters.groups)])


def _burst(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    length = 60 * parameters.minutes
    begin = max(parameters.begins, min(int(day_times(rng, parameters, 1)[0]), latest(parameters) - length))
    starts = begin + rng.integers(0, length, parameters.actions)
    return pushing(rng, parameters, "burst", number, np.minimum(starts, latest(parameters)))
