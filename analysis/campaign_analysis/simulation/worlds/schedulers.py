"""Schedulers: shops whose planning tools post at full hours, the same ones day after day, each for itself. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import Ints, as_lists, draft, everyday_tags, keys, newcomers, some
from campaign_analysis.simulation.language import hashtags, sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents

OPENS, CLOSES = 8, 20  # o'clock
POPULAR = 10  # rank of the most popular of their hashtags


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`people` with one to `slots` posts a day at times of their own, the multiples of `minutes` from 8 to 20 o'clock.

    The tool takes up to `seconds`. A slot is used on a day with the chance `keeping`, and with the chance `moving` at
    another of these times. Its post has the slot's own hashtag, one of `tags` popular ones, with the chance `habitual`,
    the hashtag of the day with the chance `daily`, and everyday hashtags otherwise.
    """

    people: Some = 200
    slots: Some = 3
    minutes: Some = 60
    seconds: Some = 30
    keeping: Share = 0.8
    moving: Share = 0.1
    habitual: Share = 0.4
    daily: Share = 0.3
    tags: Some = 20


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """What they post, nobody knowing of anybody."""
    names = keys("scheduler", parameters.people)
    owner = np.repeat(np.arange(parameters.people), rng.integers(1, parameters.slots + 1, parameters.people))
    usual, weight = _times(rng, parameters, len(owner)), 1 / np.arange(1, parameters.tags + 1)
    habit = POPULAR + rng.choice(parameters.tags, len(owner), p=weight / weight.sum())
    day, slot = np.nonzero(rng.random((parameters.days, len(owner))) < parameters.keeping)
    count = len(slot)
    at = np.where(rng.random(count) < parameters.moving, _times(rng, parameters, count), usual[slot])
    posts = draft(
        names.gather(owner[slot]),
        parameters.begins + day * DAY + at + rng.integers(0, parameters.seconds, count),
        sentences(rng, count),
        _tags(rng, parameters, habit[slot], day),
    )
    return World(posts, newcomers(rng, parameters, names), innocents(names, "scheduler", "scheduler"))


def _times(rng: np.random.Generator, parameters: Parameters, count: int) -> Ints:
    """Seconds after midnight."""
    steps = rng.integers(0, (CLOSES - OPENS) * 60 // parameters.minutes + 1, count)
    return np.asarray(OPENS * HOUR + steps * parameters.minutes * 60, dtype=np.int64)


def _tags(rng: np.random.Generator, parameters: Parameters, habit: Ints, day: Ints) -> pl.Series:
    count = len(day)
    today = as_lists(pl.Series([f"Day{number + 1}Talk" for number in day.tolist()], dtype=pl.String))
    other = today.zip_with(
        some(rng, count, parameters.daily / max(1 - parameters.habitual, parameters.daily)),
        everyday_tags(rng, parameters, count),
    )
    own = as_lists(hashtags(parameters.hashtags).gather(habit))
    return own.zip_with(some(rng, count, parameters.habitual), other)
