"""What links a group: the behaviours, how near in time counts for each, and what is claimed by it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from campaign_analysis.results import Group

from campaign import words
from campaign.pair_words import both_did
from campaign.reporting.markup import Html, el, join
from campaign.reporting.numbers import duration
from campaign.reporting.sections import Part
from campaign.reporting.tables import Column, table
from campaign.reporting.view import View

COLUMNS = (
    Column("Behaviour"),
    Column("A meeting, at most so far apart"),
    Column("Claim"),
    Column("Linked pairs, of all that its accounts make", number=True),
)


def behaviours(view: View, group: Group) -> Html:
    """The table, and by which of the behaviours the group is only together."""
    apart = _windows(view, group)
    possible = group.size * (group.size - 1) // 2
    rows = [
        [e.layer, f"{both_did(e.layer)}{apart.get((e.layer, e.claim), '')}", e.claim, f"{e.edges:,} of {possible:,}"]
        for e in group.layers
    ]
    made = table(f"What links {view.names[group.id]}, id {group.id}", COLUMNS, rows)
    only = words.together_only(group)
    return join([made, el("p", only, class_="said") if only else ""])


def _windows(view: View, group: Group) -> Mapping[tuple[str, str], str]:
    """How far apart the posts of a meeting may be, by layer and claim: `, 1 minute or 1 hour`."""
    ids = [m.id for m in group.accounts]
    inside = view.detection.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    known = inside.group_by("layer", "claim").agg(pl.col("window").unique().sort())
    return {(layer, claim): f", {' or '.join(map(duration, windows))}" for layer, claim, windows in known.iter_rows()}


PART = Part(10, "", behaviours)
