"""Commuters: people who read at their own hour every morning and retweet popular posts of the night. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import chatter, draft, everyday_tags, keys, newcomers, passers_by, retweets
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents

NIGHT = 5 * HOUR  # posts of the day's first hours are read in the morning
SITTING = 300  # seconds in which one reads


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`people` who read on most days (`keeping`) and retweet some `each` of the `popular` posts, by different authors.

    Each has a time of its own, within `hours` around eight as a rule, and keeps it to some `minutes`. They write
    `chatter` everyday posts each besides.
    """

    people: Some = 200
    popular: Some = 10
    each: Some = 3
    keeping: Share = 0.7
    hours: float = 1.0
    minutes: float = 10.0
    chatter: int = 10


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All nights' popular posts, and who retweets them in the morning."""
    names, popular = keys("commuter", parameters.people), parameters.popular
    came = np.repeat(np.arange(parameters.days), popular) * DAY + rng.integers(0, NIGHT, parameters.days * popular)
    count = len(came)
    originals = draft(
        passers_by(rng, parameters, count),
        parameters.begins + came,
        sentences(rng, count),
        everyday_tags(rng, parameters, count),
    )
    day, who = np.nonzero(rng.random((parameters.days, parameters.people)) < parameters.keeping)
    usual = 8 * HOUR + rng.normal(0, parameters.hours * HOUR, parameters.people)
    sits = np.clip(usual[who] + rng.normal(0, parameters.minutes * 60, len(who)), NIGHT, DAY - SITTING).astype(np.int64)
    sitting = np.repeat(np.arange(len(day)), parameters.each)
    weight = 1 / np.arange(1, popular + 1)
    chosen = day[sitting] * popular + rng.choice(popular, len(sitting), p=weight / weight.sum())
    _, once = np.unique(sitting * count + chosen, return_index=True)
    sitting, chosen = sitting[once], chosen[once]
    times = parameters.begins + day[sitting] * DAY + sits[sitting] + rng.integers(0, SITTING, len(sitting))
    passed_on = retweets(originals, chosen, names.gather(who[sitting]), times)
    posts = pl.concat([originals, passed_on, chatter(rng, parameters, names, parameters.chatter)])
    return World(posts, newcomers(rng, parameters, names), innocents(names, "commuter", "commuter"))
