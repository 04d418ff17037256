"""Spikes: something happens, and random accounts use one hashtag within a quarter of an hour. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.everyday import crowd_names, day_times, draft, some
from campaign_analysis.simulation.language import hashtags, sentences
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
    size, length = min(parameters.size, parameters.crowd), 60 * parameters.minutes
    names = crowd_names(parameters).gather(rng.choice(parameters.crowd, size, replace=False))
    start = min(int(day_times(rng, parameters, 1)[0]), parameters.ends - length)
    tag = hashtags(parameters.hashtags)[int(rng.integers(parameters.hashtags // 100, parameters.hashtags // 10 + 1))]
    headline = sentences(rng, 1).new_from_index(0, size)
    bodies = headline.zip_with(some(rng, size, parameters.shared), sentences(rng, size))
    times = start + (length * rng.beta(1.5, 3, size)).astype(np.int64)
    posts = draft(names, times, bodies, tag)
    return World(posts, nobody(), innocents(names, f"spike-{number}", "spike"))
