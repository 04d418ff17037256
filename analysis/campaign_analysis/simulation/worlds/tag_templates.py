"""Tag templates: groups who put the same popular hashtags into their posts, always in the same order. Guilty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.parameters import Several, Some
from campaign_analysis.simulation.planting import Planted, group, moments, planted, push, pushed_tags
from campaign_analysis.simulation.world import World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted; each post has `length` hashtags in a row out of the group's `tags`."""

    window: Some = 300
    tags: Several = 4
    length: Several = 2
    popularity: Literal["rare", "popular"] = "popular"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a template for each of its hashtags: that one first."""
    return together([_group(rng, parameters, number) for number in range(parameters.groups)])


def _group(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, tags = (
        group(rng, parameters, "tag_templates", number),
        pushed_tags(rng, parameters).unique(maintain_order=True),
    )
    action, place = np.arange(parameters.actions)[:, None], np.arange(min(parameters.length, len(tags)))
    rows = (action + place) % len(tags)
    columns = [tags.gather(rows[:, i]).alias(str(i)) for i in place]
    templates = pl.DataFrame(columns).select(pl.concat_list(pl.all())).to_series()
    return planted(rng, parameters, [ring], push(rng, parameters, ring, moments(rng, parameters), templates))
