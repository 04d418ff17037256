"""Tag lists: groups that put several hashtags of one list into each post, in one's own words and order. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.simulation.everyday import lists_of
from campaign_analysis.simulation.parameters import Several
from campaign_analysis.simulation.planting import (
    Pushing,
    group,
    moments,
    pasted_texts,
    planted,
    push,
    pushed_tags,
    taken_up,
)
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; each post has `length` of the group's `tags`, any of them, in any order."""

    tags: Several = 8
    length: Several = 5


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a list of its own."""
    return together([_group(rng, parameters, number) for number in range(parameters.groups)])


def _group(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, starts = group(rng, parameters, "tag_lists", number), moments(rng, parameters)
    tags = pushed_tags(rng, parameters)
    lists = lists_of(rng, tags.unique(maintain_order=True), len(ring.actors), parameters.length)
    texts = pasted_texts(rng, len(ring.actors), parameters.pasted)
    acts = push(rng, parameters, ring, starts, bodies=texts).with_columns(tags=lists)
    return planted(rng, parameters, [ring], acts, taken_up(rng, parameters, starts, tags))
