"""Retweet ring: groups who retweet a list of posts by many different authors, within the hour. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import everyday, passers_by, retweets
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, group, lateness, moments, planted
from campaign_analysis.simulation.world import DAY, World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted; members retweet a median of `late` seconds after the post, within the window.

    `joining` strangers retweet it too, within the day.
    """

    actions: Some = 20
    window: Some = 3600
    late: Some = 600
    joining: int = 5


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with a list of posts by strangers."""
    return together([_ring(rng, parameters, number) for number in range(parameters.groups)])


def _ring(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, authors = group(rng, parameters, "retweet_ring", number), passers_by(rng, parameters, parameters.actions)
    posted = moments(rng, parameters)
    originals = everyday(rng, parameters, authors).with_columns(time=pl.Series(posted))
    action, _ = ring.acts
    follow = np.repeat(np.arange(parameters.actions), parameters.joining)
    late = np.concatenate([lateness(rng, parameters, parameters.late, len(action)), rng.integers(5, DAY, len(follow))])
    rows = np.concatenate([action, follow])
    who = pl.concat([ring.actors, passers_by(rng, parameters, len(follow))])
    times = np.minimum(posted[rows] + late + 1, parameters.ends - 1)
    passing = retweets(originals, rows, who, times)
    nobody_retweets_himself = passing["account"] != authors.gather(rows)
    return planted(rng, parameters, [ring], originals, passing.filter(nobody_retweets_himself))
