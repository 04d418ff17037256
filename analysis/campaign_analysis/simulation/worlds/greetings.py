"""Greetings: people who wish a good day every morning, at their own time, in words that go round. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import as_lists, chatter, draft, everyday_tags, keys, newcomers, some
from campaign_analysis.simulation.language import pages, sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`people` who greet on most days (`keeping`), each with one of `greetings`, about half of them with its hashtag.

    Each has a time of its own, within `hours` around seven as a rule, and keeps it to some `minutes`. A share `linking`
    adds one of the day's stories. They write `chatter` everyday posts each besides.
    """

    people: Some = 200
    greetings: Some = 10
    keeping: Share = 0.6
    hours: float = 1.0
    minutes: float = 5.0
    linking: Share = 0.3
    chatter: int = 10


STORIES = 3  # a day


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All mornings, and what they write besides."""
    names = keys("greeting", parameters.people)
    usual = 7 * HOUR + rng.normal(0, parameters.hours * HOUR, parameters.people)
    kind = rng.integers(0, parameters.greetings, parameters.people)
    day, who = np.nonzero(rng.random((parameters.days, parameters.people)) < parameters.keeping)
    count = len(who)
    at = np.clip(usual[who] + rng.normal(0, parameters.minutes * 60, count), 0, DAY - 1).astype(np.int64)
    known = as_lists(pl.Series([f"Morning{number + 1}" for number in kind[who].tolist()], dtype=pl.String))
    stories = as_lists(pages("mornings", parameters.days * STORIES)).gather(
        day * STORIES + rng.integers(0, STORIES, count)
    )
    posts = draft(
        names.gather(who),
        parameters.begins + day * DAY + at,
        sentences(rng, parameters.greetings).gather(kind[who]),
        known.zip_with(some(rng, count, 0.5), everyday_tags(rng, parameters, count)),
        urls=stories.zip_with(some(rng, count, parameters.linking), stories.list.head(0)),
    )
    posts = pl.concat([posts, chatter(rng, parameters, names, parameters.chatter)])
    return World(posts, newcomers(rng, parameters, names), innocents(names, "greeting", "greeting"))
