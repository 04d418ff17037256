"""What detection is given of one layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from campaign_analysis.events import Events, encode
from campaign_analysis.layers import Layer
from campaign_analysis.left_out import conversations, without
from campaign_analysis.sessions import Scale


@dataclass(frozen=True)
class LayerInput:
    """The events of one layer (account, object, time in epoch ms) and the scales to look at them.

    `population`: ids of all accounts that could have acted in the layer, where the events do not hold them all.
    `one_object`: a post has one object in this layer (retweet, text), not several (hashtag). Not `proves`: it shows who
    is together, but nobody is said to be in step by it. `yields`: what is in posts with an address that others posted
    as well counts in the layer of links alone (feeds.py). `first_seen`: an object came out when it was first acted on.
    `talks`: acts by which one talks to another (TALKS), `stories`: those by which one passes on what another did
    (feeds.py); meetings in a thread of these do not count (talks.py).
    """

    name: str
    events: pl.DataFrame
    scales: tuple[Scale, ...]
    population: pl.Series | None = None
    one_object: bool = False
    proves: bool = True
    yields: bool = False
    first_seen: bool = False
    talks: pl.DataFrame | None = None
    stories: pl.DataFrame | None = None

    @property
    def actors(self) -> int:
        """How much there is to look at: 0 where nobody could have acted in the layer."""
        return len(self.events if self.population is None else self.population)

    @cached_property
    def acts(self) -> Events:
        """The events as arrays: encoded once for all that is made of them."""
        threads = [acts for acts in (self.talks, self.stories) if acts is not None]
        return encode(self.events, self.one_object, self.first_seen, pl.concat(threads) if threads else None)

    def holding(self, events: pl.DataFrame, acts: Events) -> LayerInput:
        """The layer with other events, of which the arrays are at hand: what `encode` would make of them."""
        other = replace(self, events=events)
        vars(other)["acts"] = acts  # where cached_property looks
        return other


def input_of(
    layer: Layer, read: pl.DataFrame, scales: Sequence[Scale] = (), talks: pl.DataFrame | None = None
) -> LayerInput:
    """A layer's input out of what its stored query returns (events, or texts), at these scales or at its own.

    `talks`: all acts by which one talks to another (TALKS).
    """
    events, population = read, None
    if layer.objects is not None:
        events = layer.objects(read).select("account", "object", "time")
        population = read["account"].unique()
    elif layer.talk:
        events, population = without(read, conversations(read)), read["account"].unique()
    return LayerInput(
        layer.name,
        events,
        tuple(scales) or layer.scales,
        population,
        one_object=layer.one_object,
        proves=layer.proves,
        yields=layer.yields,
        first_seen=layer.first_seen,
        talks=talks if layer.kept else None,
    )
