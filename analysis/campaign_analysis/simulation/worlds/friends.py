"""Friends: circles who read each other, and pass on what comes by when they come across it. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import Ints, everyday, keys, later, newcomers, passers_by, retweets
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents, together

WAKE = 7 * HOUR  # about when people wake


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`circles` of `size` people, each with (from, to) `posts` that the others pass on with a chance of their own.

    That is `carrying` (from, to). A share `strangers` of what is passed on in a circle was written by others. They pass
    it on a log-normal time after it came out, with a median of `minutes`, or when they wake after `asleep` hours.
    `joining` strangers pass it on as well.
    """

    circles: Some = 3
    size: Some = 60
    posts: tuple[Some, Some] = (1, 5)
    carrying: tuple[Share, Share] = (0.02, 0.2)
    strangers: Share = 0.3
    minutes: float = 30.0
    asleep: float = 8.0
    joining: int = 1


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All circles, with what they write and pass on."""
    return together([_circle(rng, parameters, number) for number in range(parameters.circles)])


def _circle(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    size, name = parameters.size, f"friends-{number}"
    people = keys(name, size)
    author = np.repeat(np.arange(size), rng.integers(parameters.posts[0], parameters.posts[1] + 1, size))
    count = len(author)
    author[rng.random(count) < parameters.strangers] = -1
    own = pl.Series(author >= 0)
    authors = people.gather(np.maximum(author, 0)).zip_with(own, passers_by(rng, parameters, count))
    originals = everyday(rng, parameters, authors)
    reads = rng.random((count, size)) < rng.uniform(*parameters.carrying, size)
    post, reader = np.nonzero(reads & (author[:, None] != np.arange(size)))
    follow = np.repeat(np.arange(count), parameters.joining)
    rows, who = (
        np.concatenate([post, follow]),
        pl.concat([people.gather(reader), passers_by(rng, parameters, len(follow))]),
    )
    posted = originals["time"].to_numpy()
    times = np.concatenate(
        [_read(rng, parameters, posted[post], reader), posted[follow] + later(rng, parameters.minutes, len(follow))]
    )
    passing = retweets(originals, rows, who, np.minimum(times, parameters.ends - 1))
    passing = passing.filter(passing["account"] != authors.gather(rows))
    return World(
        pl.concat([originals, passing]), newcomers(rng, parameters, people), innocents(people, name, "friends")
    )


def _read(rng: np.random.Generator, parameters: Parameters, posted: Ints, reader: Ints) -> Ints:
    """When the readers pass on what was posted then: later, or after they wake, each at an hour of their own."""
    times, night = posted + later(rng, parameters.minutes, len(posted)), int(parameters.asleep * HOUR)
    wakes = WAKE + rng.normal(0, HOUR, parameters.size)[reader] + rng.normal(0, HOUR / 3, len(reader))
    slept = (times - wakes.astype(np.int64) + night) % DAY
    morning = times + night - slept + rng.exponential(HOUR / 2, len(times)).astype(np.int64)
    return np.where(slept < night, morning, times)
