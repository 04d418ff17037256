"""Tag templates: groups who put the same popular hashtags into their posts, always in the same order. Guilty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.parameters import Several, Some
from campaign_analysis.simulation.planting import Pushing, group, moments, planted, pushed, pushed_tags
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; each post has `length` hashtags in a row out of the group's `tags`."""

    window: Some = 300
    tags: Several = 4
    length: Several = 2
    popularity: Literal["rare", "popular"] = "popular"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a template for each of its hashtags: that one first."""
    return together([_group(rng, parameters, number) for number in range(parameters.groups)])


def _group(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring = group(rng, parameters, "tag_templates", number)
    tags = pushed_tags(rng, parameters).unique(maintain_order=True)
    action, place = np.arange(parameters.actions), np.arange(min(parameters.length, len(tags)))
    columns = [tags.gather((action + i) % len(tags)).alias(str(i)) for i in place]
    in_a_row = pl.DataFrame(columns).select(pl.concat_list(pl.all())).to_series()
    return planted(rng, parameters, [ring], pushed(rng, parameters, ring, moments(rng, parameters), in_a_row))
