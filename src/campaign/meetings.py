"""The meetings that `campaign show` lists: of a linked pair, of one account, of an account that was added to a core."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from campaign_analysis.results import Group, Joined, Member
from campaign_cypher.store import Store

from campaign.evidence import Evidence
from campaign.reporting.data import SAMPLES_SCHEMA
from campaign.request import Request

PARTNERS = 5  # strongest partners of one account whose meetings are shown
COLUMNS = ["layer", "object", "a", "a_time", "a_post", "a_text", "b", "b_time", "b_post", "b_text"]


def attended(graph: Store, group: Group, member: Member, joined: Joined, request: Request) -> pl.DataFrame:
    """The core's meetings at which an account was present that was added to it."""
    core = [m.id for m in group.accounts if m.role == "core" and m.id != member.id]
    return Evidence(graph, sorted([*core, member.id]), request).attended(member.id, core, joined)


def linked(
    graph: Store, edges: pl.DataFrame, group: Group, asked: Sequence[str], layer: str, request: Request
) -> pl.DataFrame:
    """Meetings with both posts, for every edge shown between the two asked accounts, or of the one inside the group."""
    pairs = edges_shown(edges, group, asked, layer)
    known = Evidence(graph, sorted({pair[side] for pair in pairs for side in "ab"}), request)
    return as_one([known.episodes(pair) for pair in pairs])


def edges_shown(edges: pl.DataFrame, group: Group, asked: Sequence[str], layer: str) -> list[dict[str, Any]]:
    """The edges whose meetings are shown, one for each pair and layer; of one account those with strongest partners.

    Of two accounts that are linked by both claims, those of the group's own claim: that is what is said of them.
    """
    touching = edges.filter(*(pl.col("a").eq(i) | pl.col("b").eq(i) for i in asked))
    if len(asked) == 1:
        ids = [m.id for m in group.accounts]
        touching = touching.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    if layer:
        touching = touching.filter(layer=layer)
    claim = "in step" if group.claim == "campaign" else "together"
    own = [pl.col("claim") != claim] if len(asked) > 1 else []
    best = touching.sort(*own, "p", "claim", "a", "b").unique(["a", "b", "layer"], keep="first", maintain_order=True)
    return best.head(PARTNERS).to_dicts() if len(asked) == 1 else best.to_dicts()


def as_one(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Meetings of several pairs or layers as one frame."""
    empty = pl.DataFrame(schema=SAMPLES_SCHEMA).select(COLUMNS)
    return pl.concat([empty, *(frame.select(COLUMNS).cast(empty.schema) for frame in frames)])
