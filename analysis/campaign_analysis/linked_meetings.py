"""On what the linked pairs of a group met, how often, and when first and last: each pair at the scale that links it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from campaign_analysis.events import Events
from campaign_analysis.evidence import episodes_of
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.sessions import Scale

MEETINGS = {
    "layer": pl.String,
    "object": pl.String,
    "a": pl.String,
    "b": pl.String,
    "first": pl.Int64,  # epoch ms of the earlier and the later of the two acts that are closest
    "last": pl.Int64,
}


def linked_meetings(
    layers: Sequence[LayerInput], edges: pl.DataFrame, own: Mapping[str, pl.DataFrame] | None = None
) -> pl.DataFrame:
    """The meetings (MEETINGS) of the pairs of some edges, as the counting counted them.

    A pair that a layer links under both claims is looked at by the stronger one, so that a meeting is one row.
    `own`: by layer, the events of these accounts or some more, where they are at hand.
    """
    events = own or {layer.name: layer.events for layer in layers}
    best = edges.sort("claim").unique(["a", "b", "layer"], keep="first", maintain_order=True)  # in step, together
    of_layers = {str(name): part for (name,), part in best.partition_by("layer", as_dict=True).items()}
    found = [_of_layer(layer, events[layer.name], of_layers[layer.name]) for layer in layers if layer.name in of_layers]
    return pl.concat([pl.DataFrame(schema=MEETINGS), *found])


def _of_layer(layer: LayerInput, own: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    members = pl.concat([pairs["a"], pairs["b"]]).unique()
    mine = own.filter(pl.col("account").is_in(members.implode())).select("account", "object", "time")
    uses = None if layer.one_object else _by_everybody(layer.acts, mine)
    found = [
        episodes_of(mine, part.select("a", "b").rows(), Scale(window, block), uses, layer.one_object)
        for (window, block), part in pairs.partition_by("window", "block", as_dict=True).items()
    ]
    return (
        pl.concat(found)
        .select(
            "object",
            "a",
            "b",
            layer=pl.lit(layer.name),
            first=pl.min_horizontal("a_time", "b_time"),
            last=pl.max_horizontal("a_time", "b_time"),
        )
        .select(list(MEETINGS))
    )


def _by_everybody(everybody: Events, mine: pl.DataFrame) -> dict[str, int]:
    """How often everybody acted on each object of these: it says which of several shared ones is the rarest."""
    uses = np.bincount(everybody.object, minlength=len(everybody.objects))
    known = pl.DataFrame({"object": everybody.objects, "uses": uses})
    return dict(known.join(mine, on="object", how="semi").iter_rows())
