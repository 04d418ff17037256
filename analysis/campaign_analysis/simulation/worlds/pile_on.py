"""Pile-on: groups who are told whose posts to reply to, or to quote, and do within the hour. Guilty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import as_lists, everyday, passers_by
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.planting import Planted, earlier, group, lateness, moments, planted, push
from campaign_analysis.simulation.world import DAY, World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted; members reply to a post (and name its author) or quote it, a median of `late` seconds after they
    are told. The posts, of many different people, are up to `age` seconds old by then.
    """

    actions: Some = 15
    window: Some = 3600
    late: Some = 300
    age: int = DAY
    way: Literal["reply", "quote"] = "reply"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups, each with posts of strangers as its targets."""
    return together([_pile(rng, parameters, number) for number in range(parameters.groups)])


def _pile(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, targets = group(rng, parameters, "pile_on", number), passers_by(rng, parameters, parameters.actions)
    told, (action, _) = moments(rng, parameters), ring.acts
    posted = earlier(rng, parameters, told, parameters.age)
    originals = everyday(rng, parameters, targets).with_columns(time=pl.Series(posted))
    late = 1 + lateness(rng, parameters, parameters.late, len(action))
    acts = push(rng, parameters, ring, told, late=late)
    target = pl.Series(action, dtype=pl.Int64)
    if parameters.way == "reply":
        acts = acts.with_columns(reply_to=target, mentions=as_lists(targets).gather(action))
    else:
        acts = acts.with_columns(quote_of=target)
    return planted(rng, parameters, [ring], originals, acts)
