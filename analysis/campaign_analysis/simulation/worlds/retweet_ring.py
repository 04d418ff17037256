"""Retweet ring: groups who are told to retweet posts by many different authors, and do within the hour. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import everyday, passers_by, retweets
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, earlier, group, lateness, moments, planted
from campaign_analysis.simulation.world import DAY, World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted; members retweet a median of `late` seconds after they are told, within the window.

    The posts are up to `age` seconds old by then: with 0 the group acts as soon as they come out. `joining` strangers
    retweet each too, within the day after it came out.
    """

    actions: Some = 20
    window: Some = 3600
    late: Some = 600
    age: int = DAY
    joining: int = 5


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a list of posts by strangers."""
    return together([_ring(rng, parameters, number) for number in range(parameters.groups)])


def _ring(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, authors = group(rng, parameters, "retweet_ring", number), passers_by(rng, parameters, parameters.actions)
    told = moments(rng, parameters)
    posted = earlier(rng, parameters, told, parameters.age)
    originals = everyday(rng, parameters, authors).with_columns(time=pl.Series(posted))
    action, _ = ring.acts
    follow = np.repeat(np.arange(parameters.actions), parameters.joining)
    late = np.concatenate([lateness(rng, parameters, parameters.late, len(action)), rng.integers(5, DAY, len(follow))])
    rows = np.concatenate([action, follow])
    since = np.concatenate([told[action], posted[follow]])
    who = pl.concat([ring.actors, passers_by(rng, parameters, len(follow))])
    times = np.minimum(since + late + 1, parameters.ends - 1)
    passing = retweets(originals, rows, who, times)
    nobody_retweets_himself = passing["account"] != authors.gather(rows)
    return planted(rng, parameters, [ring], originals, passing.filter(nobody_retweets_himself))
