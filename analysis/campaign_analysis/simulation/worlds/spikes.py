"""Spikes: something happens, and random accounts use one hashtag within a quarter of an hour. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.crowds import spike
from campaign_analysis.simulation.everyday import day_times
from campaign_analysis.simulation.language import hashtags
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import Setting, World, innocents, nobody, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`spikes` of `size` accounts within `minutes`; `shared` of them use a share button: the same words."""

    spikes: int = 3
    size: Some = 500
    minutes: Some = 15
    shared: Share = 0.2


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All spikes, each on a hashtag of middling popularity, rising fast and ebbing away."""
    return together([_spike(rng, parameters, number) for number in range(parameters.spikes)])


def _spike(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    length = 60 * parameters.minutes
    start = min(int(day_times(rng, parameters, 1)[0]), parameters.ends - length)
    tag = hashtags(parameters.hashtags)[int(rng.integers(parameters.hashtags // 100, parameters.hashtags // 10 + 1))]
    posts = spike(rng, parameters, tag, start, parameters.size, length, parameters.shared)
    return World(posts, nobody(), innocents(posts["account"], f"spike-{number}", "spike"))
