"""Talks: friends who talk to each other by naming each other, where nothing says that it is answers. Innocent."""

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

    A talk is of some `messages`, each a mean of `seconds` after the one before, and names the others who talk, or the
    `last` of them who did. `tags`: each message has its everyday ones, or all of a `talk` keep those of its first, or
    those of their `circle`.
    """

    circles: Some = 20
    size: Several = 6
    talks: Some = 60
    talkers: Several = 3
    messages: Several = 4
    seconds: float = 30.0
    tags: Literal["everyday", "talk", "circle"] = "everyday"
    naming: Literal["everybody", "last"] = "everybody"


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
    if parameters.naming == "last":
        others = _last(names, talk, speaker)
    posts = draft(
        names.gather(speaker),
        np.minimum(times, parameters.ends - 1),
        sentences(rng, len(talk)),
        _tags(rng, parameters, talk),
        pl.Series(others, dtype=pl.List(pl.String)),
    )
    return World(posts, newcomers(rng, parameters, names), innocents(names, "talker", "talker"))


def _tags(rng: np.random.Generator, parameters: Parameters, talk: Ints) -> pl.Series:
    """The hashtags of each message, of which the number of its talk is given."""
    if parameters.tags == "everyday":
        return everyday_tags(rng, parameters, len(talk))
    kept = talk if parameters.tags == "talk" else talk // parameters.talks
    return everyday_tags(rng, parameters, int(kept.max()) + 1).gather(kept)


def _last(names: pl.Series, talk: Ints, speaker: Ints) -> list[list[str]]:
    """Whom each message names: the last other who spoke in the talk; the first ones nobody."""
    others: list[list[str]] = []
    last: dict[int, list[int]] = {}
    for t, who in zip(talk.tolist(), speaker.tolist(), strict=True):
        before = [k for k in last.setdefault(t, []) if k != who]
        others.append([names[before[-1]]] if before else [])
        last[t].append(who)
    return others
