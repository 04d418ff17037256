"""The crowd: everyday posts of people with log-normal activity, and their retweets. Innocent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.simulation.conversation import illustrated, linked, referring
from campaign_analysis.simulation.everyday import busy, crowd_names, everyday, newcomers, retweets
from campaign_analysis.simulation.parameters import Limits, Share
from campaign_analysis.simulation.world import TRUTH, Setting, World

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`posts` in all, of which the share `retweeting` are retweets of the rest.

    Of the rest, shares are `replying` and `quoting` posts of others, `linking` to a story of the day, and `showing` a
    picture.
    """

    posts: int = 100_000
    retweeting: Annotated[float, Limits(0, 0.95)] = 0.15
    replying: Share = 0.1
    quoting: Share = 0.03
    linking: Share = 0.15
    showing: Share = 0.1


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """The crowd's posts. A few posts are retweeted by many, most of them within hours."""
    names = crowd_names(parameters)
    passed_on = int(parameters.posts * parameters.retweeting)
    readers, authors = np.split(busy(rng, parameters.crowd, parameters.posts), [passed_on])
    originals = everyday(rng, parameters, names.gather(authors))
    passing = _cascades(rng, parameters, originals, authors, readers)
    accounts = newcomers(rng, parameters, names)
    talk = linked(rng, originals, parameters.linking)
    talk = referring(rng, talk, "reply_to", parameters.replying)
    talk = referring(rng, talk, "quote_of", parameters.quoting)
    talk = illustrated(rng, talk, parameters.showing)
    return World(pl.concat([talk, passing]), accounts, pl.DataFrame(schema=TRUTH))


def _cascades(
    rng: np.random.Generator, parameters: Parameters, originals: pl.DataFrame, authors: Ints, readers: Ints
) -> pl.DataFrame:
    fame = np.cumsum(rng.lognormal(0, 2, len(authors)))
    rows = np.searchsorted(fame, rng.random(len(readers)) * fame[-1:], side="right")
    others = np.where(readers == authors[rows], readers + 1, readers) % parameters.crowd
    posted = originals.get_column("time").to_numpy()[rows]
    lag = rng.lognormal(np.log(3600), 1.5, len(readers)).astype(np.int64) + 5
    times = posted + np.minimum(lag, parameters.ends - 1 - posted)
    return retweets(originals, rows, crowd_names(parameters).gather(others), times)
