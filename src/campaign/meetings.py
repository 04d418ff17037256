"""The meetings that `campaign show` lists: of a linked pair, of one account, of an account that was added to a core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from campaign_analysis.results import Detection, Group, Joined, Member
from campaign_analysis.sessions import Scale
from campaign_cypher.store import Store

from campaign.evidence import Evidence
from campaign.reporting.data import SAMPLES_SCHEMA
from campaign.stored import request_of

PARTNERS = 5  # strongest partners of one account whose meetings are shown to people who ask for no number
Edge = dict[str, Any]  # a row of EDGE_SCHEMA
COLUMNS = ["layer", "object", "a", "a_time", "a_post", "a_text", "b", "b_time", "b_post", "b_text"]


def evidence_of(store: Store, detection: Detection, accounts: Iterable[str]) -> Evidence:
    """What a run counted of these accounts."""
    return Evidence(store, sorted(set(accounts)), request_of(detection))


def attended(known: Evidence, group: Group, member: Member, joined: Joined) -> pl.DataFrame:
    """The core's meetings at which an account was present that was added to it."""
    core = [m.id for m in group.accounts if m.role == "core" and m.id != member.id]
    return known.attended(member.id, core, joined)


def linked(known: Evidence, shown: Sequence[Edge]) -> pl.DataFrame:
    """Meetings with both posts, for every one of these edges, in their order.

    Edges of one layer and scale are looked at together: an account may have hundreds of partners.
    """
    of_scales: dict[tuple[str, int, int], list[tuple[str, str]]] = {}
    for edge in shown:
        of_scales.setdefault((edge["layer"], edge["window"], edge["block"]), []).append((edge["a"], edge["b"]))
    met = as_one([known.episodes_of(pairs, layer, Scale(*scale)) for (layer, *scale), pairs in of_scales.items()])
    order = pl.DataFrame(
        [(edge["a"], edge["b"], edge["layer"], number) for number, edge in enumerate(shown)],
        schema={"a": pl.String, "b": pl.String, "layer": pl.String, "order": pl.Int64},
        orient="row",
    )
    return met.join(order, on=["a", "b", "layer"]).sort("order", "a_time", "object").drop("order")


def inside(edges: pl.DataFrame, group: Group) -> pl.DataFrame:
    """The edges between accounts of a group."""
    ids = [m.id for m in group.accounts]
    return edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))


def pair_edges(edges: pl.DataFrame, group: Group, pair: Sequence[str], layer: str) -> list[Edge]:
    """The edges of two accounts whose meetings are shown, one for each layer.

    Where they are linked by both claims, that of the group's own claim: that is what is said of them.
    """
    touching = _by(edges.filter(*(pl.col("a").eq(i) | pl.col("b").eq(i) for i in pair)), layer)
    claim = "in step" if group.claim == "campaign" else "together"
    best = touching.sort(pl.col("claim") != claim, "p", "layer").unique("layer", keep="first", maintain_order=True)
    return best.to_dicts()


def partner_edges(edges: pl.DataFrame, group: Group, account: str, layer: str) -> list[Edge]:
    """The edges of an account inside its group whose meetings are shown, partner after partner.

    Partners in step come before those that are together only, the strongest first. Of a partner in step it is the
    behaviours by which it is so; of another one all.
    """
    own = _by(inside(edges, group), layer).filter(pl.col("a").eq(account) | pl.col("b").eq(account))
    pair = ["a", "b"]
    in_step = (pl.col("claim") == "in step").any().over(pair)
    shown = own.with_columns(lesser=~in_step).filter(pl.col("lesser") | (pl.col("claim") == "in step"))
    return shown.sort("lesser", pl.col("p").min().over(pair), *pair, "p", "layer").drop("lesser").to_dicts()


def _by(edges: pl.DataFrame, layer: str) -> pl.DataFrame:
    return edges.filter(layer=layer) if layer else edges


def as_one(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Meetings of several pairs or layers as one frame."""
    empty = pl.DataFrame(schema=SAMPLES_SCHEMA).select(COLUMNS)
    return pl.concat([empty, *(frame.select(COLUMNS).cast(empty.schema) for frame in frames)])
