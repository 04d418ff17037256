"""Retweeters: automatic accounts that each pass on what anybody posts with one hashtag, as it comes. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import everyday, keys, newcomers, passers_by, retweets
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import Setting, World, innocents, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`topics`, each with a hashtag, `originals` with it by the crowd, and accounts (from, to) that pass them on.

    An account passes on a post with a chance of its own, `carrying` (from, to), a mean of `seconds` after it came out.
    """

    topics: Some = 3
    bots: tuple[Some, Some] = (4, 12)
    originals: Some = 300
    carrying: tuple[Share, Share] = (0.5, 1.0)
    seconds: float = 60.0


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All topics."""
    return together([_topic(rng, parameters, number) for number in range(parameters.topics)])


def _topic(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    count, size, name = (
        parameters.originals,
        int(rng.integers(parameters.bots[0], parameters.bots[1] + 1)),
        f"retweeters-{number}",
    )
    bots, tag = keys(name, size), [f"Topic{number + 1}"]
    originals = everyday(rng, parameters, passers_by(rng, parameters, count)).with_columns(
        tags=pl.Series([tag] * count)
    )
    post, bot = np.nonzero(rng.random((count, size)) < rng.uniform(*parameters.carrying, size))
    times = originals["time"].to_numpy()[post] + 1 + rng.exponential(parameters.seconds, len(post)).astype(np.int64)
    passing = retweets(originals, post, bots.gather(bot), np.minimum(times, parameters.ends - 1))
    return World(pl.concat([originals, passing]), newcomers(rng, parameters, bots), innocents(bots, name, "retweeter"))
