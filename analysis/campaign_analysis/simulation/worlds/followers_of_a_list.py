"""Followers of a list: people who work through a list of texts, hashtags and times, each some minutes late. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.everyday import some
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.planting import (
    Pushing,
    group,
    lateness,
    moments,
    planted,
    push,
    pushed_tags,
    taken_up,
)
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; members post a median of `late` seconds after the time on the list, within the window.

    A share `pasted` of their posts has the list's words, the others their own.
    """

    actions: Some = 20
    window: Some = 1800
    late: Some = 240
    tags: Some = 4
    pasted: Share = 0.7


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a list of its own."""
    return together([_followers(rng, parameters, number) for number in range(parameters.groups)])


def _followers(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, tags = group(rng, parameters, "followers_of_a_list", number), pushed_tags(rng, parameters)
    starts, (action, _) = moments(rng, parameters), ring.acts
    listed = sentences(rng, parameters.actions).gather(action)
    bodies = listed.zip_with(some(rng, len(action), parameters.pasted), sentences(rng, len(action)))
    late = lateness(rng, parameters, parameters.late, len(action))
    acts = push(rng, parameters, ring, starts, tags, bodies, late)
    return planted(rng, parameters, [ring], acts, taken_up(rng, parameters, starts, tags))
