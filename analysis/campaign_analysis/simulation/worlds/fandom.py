"""Fandoms: fans who retweet much of what one star posts, soon after it comes. Innocent, though they meet often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import everyday, keys, newcomers, retweets
from campaign_analysis.simulation.parameters import Limits, Share, Some
from campaign_analysis.simulation.world import Setting, World, innocents, together

Lag = Annotated[float, Limits(0.01)]  # minutes


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`stars`, each with `fans` (from, to) who retweet each of its `posts` with a chance of their own (`devotion`).

    A fan's retweet comes a log-normal time after the post, with a median of the fan's own: `minutes` (from, to).
    `chatter` is the number of everyday posts of each fan.
    """

    stars: int = 1
    fans: tuple[Some, Some] = (60, 150)
    devotion: tuple[Share, Share] = (0.1, 0.9)
    minutes: tuple[Lag, Lag] = (2.0, 120.0)
    posts: Some = 50
    chatter: int = 20


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All stars and their fans, with the fans' everyday posts."""
    return together([_fandom(rng, parameters, number) for number in range(parameters.stars)])


def _fandom(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    size = int(rng.integers(parameters.fans[0], parameters.fans[1] + 1))
    star, fans = pl.Series([f"star-{number}"]), keys(f"fandom-{number}", size)
    originals = everyday(rng, parameters, star.new_from_index(0, parameters.posts))
    post, fan = np.nonzero(rng.random((parameters.posts, size)) < rng.uniform(*parameters.devotion, size))
    shortest, longest = parameters.minutes
    habit = 60 * shortest * (longest / shortest) ** rng.random(size)
    lag = (habit[fan] * rng.lognormal(0, 1, len(fan))).astype(np.int64) + 1
    times = np.minimum(originals.get_column("time").to_numpy()[post] + lag, parameters.ends - 1)
    chatter = everyday(rng, parameters, fans.gather(rng.integers(0, size, size * parameters.chatter)))
    posts = pl.concat([originals, retweets(originals, post, fans.gather(fan), times), chatter])
    group = pl.concat([star, fans])
    return World(posts, newcomers(rng, parameters, group), innocents(group, f"fandom-{number}", "fandom"))
