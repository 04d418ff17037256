"""On how many posts of its own each account of a group rests: a post counts once, however many meetings it makes."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
from campaign_analysis.results import Detection, Group
from campaign_analysis.sessions import Scale

from campaign.account_words import standings
from campaign.evidence import Evidence
from campaign.meetings import attended, inside


def own_posts(
    known: Evidence, detection: Detection, group: Group, accounts: Collection[str] | None = None
) -> dict[str, int]:
    """Of each account the number of different posts among its meetings by the pairs that brought it in
    (Standing.claim), as far as the store holds them; of one that was added, those beside the core's.

    `known`: the evidence of the group's accounts; `accounts`: those that are asked about, all if None.
    """
    asked = {m.id for m in group.accounts} if accounts is None else set(accounts)
    claims = {id: standing.claim for id, standing in standings(group, detection.edges).items() if id in asked}
    posts: dict[str, set[str]] = {id: set() for id in claims}
    parts = _counting(inside(detection.edges, group), claims).partition_by(
        "claim", "layer", "window", "block", as_dict=True
    )
    for (claim, layer, window, block), part in parts.items():
        met = known.episodes_of(part.select("a", "b").rows(), str(layer), Scale(int(window), int(block)))
        for side in "ab":
            for account, post in met.select(side, f"{side}_post").drop_nulls().unique().iter_rows():
                if claims.get(account) == claim:
                    posts[account].add(post)
    for member in group.accounts:
        if member.joined and member.id in asked:
            posts[member.id] = set(attended(known, group, member, member.joined)["post"].drop_nulls())
    return {account: len(found) for account, found in posts.items()}


def _counting(edges: pl.DataFrame, claims: dict[str, str]) -> pl.DataFrame:
    """The edges under a claim that brought one of their two accounts in."""
    either = (
        pl.col(side).replace_strict(claims, default=None, return_dtype=pl.String) == pl.col("claim") for side in "ab"
    )
    return edges.filter(pl.any_horizontal(*either))
