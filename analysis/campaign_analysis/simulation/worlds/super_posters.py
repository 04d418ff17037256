"""Super-posters: accounts with hundreds of times the usual number of posts, on popular hashtags. Innocent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import everyday, everyday_tags, keys, newcomers
from campaign_analysis.simulation.parameters import Limits, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`people` who write `posts` each, during `hours` of the day of their own, on the most popular `tags`."""

    people: Some = 8
    posts: Some = 1500
    hours: Annotated[int, Limits(1, 24)] = 10
    tags: Annotated[int, Limits(10)] = 30


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All super-posters; they have nothing to do with each other."""
    names, count = keys("super", parameters.people), parameters.people * parameters.posts
    who = np.repeat(np.arange(parameters.people), parameters.posts)
    rises = rng.integers(0, 25 - parameters.hours, parameters.people)
    day = rng.integers(0, parameters.days, count)
    times = parameters.begins + day * DAY + rises[who] * HOUR + rng.integers(0, parameters.hours * HOUR, count)
    popular = replace(parameters, hashtags=min(parameters.tags, parameters.hashtags))
    posts = everyday(rng, parameters, names.gather(who)).with_columns(
        time=pl.Series(times), tags=everyday_tags(rng, popular, count)
    )
    return World(posts, newcomers(rng, parameters, names), innocents(names, "super-0", "super_poster"))
