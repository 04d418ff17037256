"""Talks: friends talk to each other, by names where nothing says that these are answers, or by replies. Innocent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import Ints, day_times, draft, everyday_tags, keys, newcomers
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Several, Some
from campaign_analysis.simulation.world import Setting, World, innocents


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`circles` of `size` friends, of whom `talkers` at a time have one of the circle's `talks`.

    A talk is of some `messages`, each a mean of `seconds` after the one before. By `names` each names the others who
    talk; by `replies` each answers the one before, and names nobody. `tags`: each message has its everyday ones, or all
    of a `talk` keep those of its first, or those of their `circle`.
    """

    circles: Some = 20
    size: Several = 6
    talks: Some = 60
    talkers: Several = 3
    messages: Several = 4
    seconds: float = 30.0
    tags: Literal["everyday", "talk", "circle"] = "everyday"
    by: Literal["names", "replies"] = "names"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All circles' talks."""
    circles, size, talks = parameters.circles, parameters.size, parameters.circles * parameters.talks
    names = keys("talker", circles * size)
    talkers = rng.random((talks, size)).argsort(axis=1)[:, : parameters.talkers]
    talkers += (np.repeat(np.arange(circles), parameters.talks) * size)[:, None]
    talk = np.repeat(np.arange(talks), rng.integers(2, 2 * parameters.messages - 1, talks))
    first = np.append(True, talk[1:] != talk[:-1])
    waits = np.cumsum(np.where(first, 0, 1 + rng.exponential(parameters.seconds, len(talk)).astype(np.int64)))
    times = day_times(rng, parameters, talks)[talk] + waits - waits[first][talk]
    speaker = talkers[talk, rng.integers(0, talkers.shape[1], len(talk))]
    others = [[names[int(k)] for k in talkers[t] if k != who] for t, who in zip(talk.tolist(), speaker, strict=True)]
    posts = draft(
        names.gather(speaker),
        np.minimum(times, parameters.ends - 1),
        sentences(rng, len(talk)),
        _tags(rng, parameters, talk),
        pl.Series(others, dtype=pl.List(pl.String)) if parameters.by == "names" else None,
    )
    if parameters.by == "replies":
        before = pl.Series(np.arange(len(talk)) - 1, dtype=pl.Int64)
        posts = posts.with_columns(reply_to=before.zip_with(pl.Series(~first), before.clear(len(talk))))
    return World(posts, newcomers(rng, parameters, names), innocents(names, "talker", "talker"))


def _tags(rng: np.random.Generator, parameters: Parameters, talk: Ints) -> pl.Series:
    """The hashtags of each message, of which the number of its talk is given."""
    if parameters.tags == "everyday":
        return everyday_tags(rng, parameters, len(talk))
    kept = talk if parameters.tags == "talk" else talk // parameters.talks
    return everyday_tags(rng, parameters, int(kept.max()) + 1).gather(kept)
