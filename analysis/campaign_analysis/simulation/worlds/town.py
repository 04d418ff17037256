"""Town: people of one place, awake at the same hours, who talk about it with the same few hashtags. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import as_lists, busy, everyday, keys, newcomers, some
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`towns` of `people` who write `posts` in all, all of them within the same `hours` of the day.

    A share `local` of the posts has one of the town's `tags` hashtags, few of them most of the time.
    """

    towns: Some = 2
    people: Some = 250
    posts: Some = 5000
    hours: Some = 5
    tags: Some = 6
    local: Share = 0.5


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All towns, each with hours of its own."""
    return together([_town(rng, parameters, number) for number in range(parameters.towns)])


def _town(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    names, count = keys(f"town-{number}", parameters.people), parameters.posts
    wakes = int(rng.integers(0, 24 - min(parameters.hours, 23)))
    weight = 1 / np.arange(1, parameters.tags + 1)
    known = pl.Series([f"Town{number + 1}Corner{tag + 1}" for tag in range(parameters.tags)])
    tags = as_lists(known.gather(rng.choice(parameters.tags, count, p=weight / weight.sum())))
    posts = everyday(rng, parameters, names.gather(busy(rng, len(names), count)))
    awake = min(parameters.hours, 24 - wakes) * HOUR
    times = parameters.begins + rng.integers(0, parameters.days, count) * DAY + wakes * HOUR
    posts = posts.with_columns(
        time=pl.Series(times + rng.integers(0, awake, count)),
        tags=tags.zip_with(some(rng, count, parameters.local), posts["tags"]),
    )
    return World(posts, newcomers(rng, parameters, names), innocents(names, f"town-{number}", "town"))
