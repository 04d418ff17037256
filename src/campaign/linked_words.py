"""Why two accounts are linked, in words that need no statistics: `campaign show --pair` speaks from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from campaign_analysis.results import Detection, Group, PairTest

from campaign.layer_words import behaviour
from campaign.meeting_blocks import blocks
from campaign.not_linked_words import where
from campaign.pair_words import edge_sentences, linked_clause, pair_sentences
from campaign.words import counted, rate_of

Edge = Mapping[str, Any]  # a row of EDGE_SCHEMA

APART = (
    "They are linked, but not in one group: a group is made of accounts that are linked among each other more than "
    "with others, and one pair does not make two groups one, nor a group by itself."
)


def linked_paragraphs(
    detection: Detection, group: Group, edges: Sequence[Edge], meetings: pl.DataFrame, names: Mapping[str, str]
) -> list[str]:
    """What links the two and how surely, where they are, each behaviour at length, and how many meetings follow.

    `edges`: those between the two whose `meetings` are shown, one a behaviour.
    """
    pair = [edges[0][side] for side in "ab"]
    found = [f"By {_how(detection, edge)}: {linked_clause(edge)}." for edge in edges]
    place = where(detection, group, pair, [edge["layer"] for edge in edges], names)
    return [
        " ".join([f"{names[pair[0]]} and {names[pair[1]]}: linked.", *found]),
        *([" ".join([*place, APART])] if place else []),
        *(" ".join([f"By {behaviour(edge['layer'])}:", *_why(detection, edge)]) for edge in edges),
        _follow(sum(edge["n"] for edge in edges), meetings),
    ]


def _how(detection: Detection, edge: Edge) -> str:
    """`the same hashtag, in step`, and where no more is claimed than `together` that this is so."""
    claims = detection.edges.filter(a=edge["a"], b=edge["b"], layer=edge["layer"])["claim"]
    only = " only" if "in step" not in claims else ""
    return f"{behaviour(edge['layer'])}, {edge['claim']}{only}"


def _why(detection: Detection, edge: Edge) -> list[str]:
    """What a meeting is, how often by luck; hence. In full of the pair by which the group's own page explains it."""
    told = (test for group in detection.groups for test in group.why if test.joined)
    test = next((test for test in told if _key(test) == tuple(edge[part] for part in KEY)), None)
    return pair_sentences(test, rate_of(detection))[1:] if test else edge_sentences(edge)


KEY = ("a", "b", "layer", "claim")


def _key(test: PairTest) -> tuple[str, ...]:
    return tuple(getattr(test, part) for part in KEY)


def _follow(counted_then: int, meetings: pl.DataFrame) -> str:
    """How many meetings follow; of posts that share several things people see one block, and files a row for each."""
    if meetings.height != counted_then:
        return (
            f"The run counted {counted(counted_then, 'meeting')}; {meetings.height:,} follow: the store holds other "
            "posts of that time now than when this run was made, or another version of campaign made it."
        )
    shown = len(blocks(meetings))
    fewer = f" (in {shown:,}, where the same two posts count by more than one behaviour and are listed once)"
    return f"The {counted(meetings.height, 'meeting')} follow{fewer if shown < meetings.height else ''}."
