"""What detection is given of one layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from campaign_analysis.layers import Layer
from campaign_analysis.sessions import Scale


@dataclass(frozen=True)
class LayerInput:
    """The events of one layer (account, object, time in epoch ms) and the scales to look at them.

    `population`: ids of all accounts that could have acted in the layer, where the events do not hold them all.
    `one_object`: a post has one object in this layer (retweet, text), not several (hashtag). Not `proves`: it shows who
    is together, but nobody is said to be in step by it. `yields`: what is in posts with an address that others posted
    as well counts in the layer of links alone (feeds.py).
    """

    name: str
    events: pl.DataFrame
    scales: tuple[Scale, ...]
    population: pl.Series | None = None
    one_object: bool = False
    proves: bool = True
    yields: bool = False


def input_of(layer: Layer, read: pl.DataFrame, scales: Sequence[Scale] = ()) -> LayerInput:
    """A layer's input out of what its stored query returns (events, or texts), at these scales or at its own."""
    events, population = read, None
    if layer.objects is not None:
        events = layer.objects(read).select("account", "object", "time")
        population = read["account"].unique()
    return LayerInput(
        layer.name,
        events,
        tuple(scales) or layer.scales,
        population,
        one_object=layer.one_object,
        proves=layer.proves,
        yields=layer.yields,
    )
