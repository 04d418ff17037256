"""The crowd: everyday posts of people with log-normal activity, and their retweets. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import busy, crowd_names, everyday, newcomers, retweets
from campaign_analysis.simulation.world import TRUTH, Setting, World


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`posts` in all, of which the share `retweeting` are retweets of the rest."""

    posts: int = 100_000
    retweeting: float = 0.15


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """The crowd's posts. A few posts are retweeted by many, most of them within hours."""
    names = crowd_names(parameters)
    passed_on = int(parameters.posts * parameters.retweeting)
    who = busy(rng, parameters.crowd, parameters.posts)
    originals = everyday(rng, parameters, names.gather(who[passed_on:]))
    posts = pl.concat([originals, _cascades(rng, parameters, originals, names.gather(who[:passed_on]))])
    return World(posts, newcomers(rng, parameters, names), pl.DataFrame(schema=TRUTH))


def _cascades(
    rng: np.random.Generator, parameters: Parameters, originals: pl.DataFrame, accounts: pl.Series
) -> pl.DataFrame:
    count = len(accounts) if len(originals) else 0
    fame = np.cumsum(rng.lognormal(0, 2, len(originals)))
    rows = np.searchsorted(fame, rng.random(count) * (fame[-1] if len(fame) else 0), side="right")
    posted = originals.get_column("time").to_numpy()[rows]
    lag = rng.lognormal(np.log(3600), 1.5, count).astype(np.int64) + 5
    left = parameters.ends - 1 - posted
    return retweets(originals, rows, accounts.head(count), posted + np.minimum(lag, left))
