"""On what the linked pairs of a group met, how often, and when first and last: each pair at the scale that links it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

import numpy as np
import polars as pl

from campaign_analysis.arrays import Ints
from campaign_analysis.events import SECOND, Events, encode
from campaign_analysis.evidence import on_rarest_shared
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.sessions import Posts, Scale, Sessions, posts_of, sessions_of

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
    events = encode(mine, layer.one_object)
    posts = posts_of(events, None if layer.one_object else _by_everybody(layer.acts, events))
    found = [
        _at_scale(events, posts, Scale(window, block), part).with_columns(layer=pl.lit(layer.name))
        for (window, block), part in pairs.partition_by("window", "block", as_dict=True).items()
    ]
    return pl.concat(found).select(list(MEETINGS))


def _by_everybody(everybody: Events, events: Events) -> Ints:
    """How often everybody acted on each object: it says which of several shared ones is the rarest."""
    uses = np.bincount(everybody.object, minlength=len(everybody.objects))
    known = pl.DataFrame({"object": everybody.objects, "uses": uses})
    mine = pl.DataFrame({"object": events.objects})
    told: Ints = mine.join(known, on="object", how="left", maintain_order="left")["uses"].fill_null(0).to_numpy()
    return told


def _at_scale(events: Events, posts: Posts, scale: Scale, pairs: pl.DataFrame) -> pl.DataFrame:
    s = sessions_of(events, posts, scale)
    a, b = _near(s, scale.window * SECOND, _keys(events, pairs))
    rows = pl.DataFrame(
        {
            "cell": s.cell[a],
            "key": _key(events, s.account[a], s.account[b]),
            "rank": s.rank[a],
            "post": s.post[a],
            "post_b": s.post[b],
            "first": s.time[a],
            "last": s.time[b],
        }
    )
    met = (
        on_rarest_shared(rows, events, posts)
        .sort("cell", "key", pl.col("last") - pl.col("first"), "first")
        .unique(["cell", "key"], keep="first", maintain_order=True)
    )
    key = met["key"].to_numpy()
    return met.select(
        "first",
        "last",
        object=events.objects.gather(s.cell_object[met["cell"].to_numpy()].astype(np.int64)),
        a=events.accounts.gather(key // len(events.accounts)),
        b=events.accounts.gather(key % len(events.accounts)),
    )


def _key(events: Events, one: np.ndarray, other: np.ndarray) -> Ints:
    """A number for each pair of accounts, whichever of the two comes first."""
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    key: Ints = low * len(events.accounts) + high
    return key


def _keys(events: Events, pairs: pl.DataFrame) -> Ints:
    codes = {name: code for code, name in enumerate(events.accounts.to_list())}
    sides = (np.array([codes[name] for name in pairs[side].to_list()], dtype=np.int64) for side in ("a", "b"))
    linked: Ints = np.unique(_key(events, *sides))
    return linked


def _near(s: Sessions, window: int, linked: Ints) -> tuple[Ints, Ints]:
    """Positions of two acts of a linked pair in one cell within the window (ms), the earlier one first.

    Acts stand in order of time in their cell: who is too late for the next act but one is so for all after that.
    """
    time, cell, account = s.time, s.cell, s.account
    before, after = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    near = np.arange(len(cell), dtype=np.int64)
    for step in count(1):
        near = near[near + step < len(cell)]
        near = near[(cell[near + step] == cell[near]) & (time[near + step] - time[near] <= window)]
        if not len(near):
            break
        hit = near[np.isin(_key(s.events, account[near], account[near + step]), linked)]
        before.append(hit)
        after.append(hit + step)
    return np.concatenate(before), np.concatenate(after)
