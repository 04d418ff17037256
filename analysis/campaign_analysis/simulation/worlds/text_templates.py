"""Text templates: groups who post the same sentences, with a word or two of their own in them. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.language import templates
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, group, moments, planted, push
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted, but with everyday hashtags: the sentence of each action is all that members share.

    A group has `sentences` in turn, each with this many `slots` for a word.
    """

    actions: Some = 10
    window: Some = 1800
    sentences: Some = 5
    slots: Some = 1


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with sentences of its own."""
    return together([_group(rng, parameters, number) for number in range(parameters.groups)])


def _group(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring = group(rng, parameters, "text_templates", number)
    bodies = templates(rng, ring.acts[0] % parameters.sentences, parameters.sentences, parameters.slots)
    return planted(rng, parameters, [ring], push(rng, parameters, ring, moments(rng, parameters), bodies=bodies))
