"""What each account of a case rests on, in one sentence: for those who have to act on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from campaign_analysis.results import Group, Member

from campaign.account_words import Standing, reason
from campaign.pair_words import both_did
from campaign.reporting.numbers import decimal, duration
from campaign.words import counted, joined_clause, odds

NO_CLAIM = "A gathering is no accusation: nothing is claimed of this account."


def best_pairs(group: Group, edges: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Of each account the pair it rests on (a row of EDGE_SCHEMA): in step in a core, together elsewhere."""
    ids = [m.id for m in group.accounts]
    inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids)).sort("q", "p", "layer", "a", "b")
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for edge in inside.to_dicts():
        for side in "ab":
            best.setdefault((edge[side], edge["claim"]), edge)
    claims = {m.id: "in step" if m.role == "core" else "together" for m in group.accounts}
    return {id: best[id, claim] for id, claim in claims.items() if (id, claim) in best}


def sentence(group: Group, member: Member, standing: Standing, pair: Mapping[str, Any] | None) -> str:
    """What an account rests on; of one that is not claimed to be in step, that it is not."""
    if group.claim == "gathering":
        return NO_CLAIM
    if member.role != "core":
        return f"Not claimed to be in step: {reason(group, member, standing)}."
    if member.joined:
        return f"Added to the core: {joined_clause(member.joined)}; odds of luck {standing.odds}."
    alone = " It is in the core by this one pair alone." if standing.one_pair else ""
    return f"In step with {_others(standing.in_step)} of this group.{_met(group, member, pair)}{alone}"


def _others(number: int) -> str:
    return counted(number, "account")


def _met(group: Group, member: Member, pair: Mapping[str, Any] | None) -> str:
    if pair is None:
        return ""
    other = pair["b"] if pair["a"] == member.id else pair["a"]
    handle = next((m.handle for m in group.accounts if m.id == other), None)
    return (
        f" With {f'@{handle}' if handle else other} it met {pair['n']:,} times ({both_did(pair['layer'])} at most "
        f"{duration(pair['window'])} apart), where the crowd and their own activity explain "
        f"{decimal(pair['expected'])}; odds of luck {odds(pair['q'])}."
    )
