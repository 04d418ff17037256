"""DISARM techniques: who began a hashtag is said where the data show it, and the alphabet shows nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from campaign_analysis.results import Group, LayerEvidence, Member, TagShare
from campaign_cypher.store import GraphBatch, Store
from small_graph import NOON, at, pairs, rows

from campaign.disarm import techniques

CORE, BESIDE = ("x:100", "x:101"), "x:102"


def members() -> tuple[Member, ...]:
    core = [Member(id, "core", 1, 0.1, 0.1) for id in CORE]
    return (*core, Member(BESIDE, "together", 1, 0.1, 0.1))


class NoStore:
    """Asked nothing where no hashtag is pushed."""


@pytest.mark.parametrize(
    ("claim", "layer", "of", "expected"),
    [
        ("campaign", "text", "in step", ["T0084.001"]),
        ("campaign", "text", "together", []),
        ("gathering", "text", "in step", []),
        ("campaign", "hashtag", "in step", []),  # it pushes none: its share of each is small
        ("campaign", "retweet", "in step", []),
    ],
)
def test_disarm_needs_the_claim_and_the_behaviour(claim: Any, layer: str, of: Any, expected: list[str]) -> None:
    group = Group("r-1", claim, (LayerEvidence(layer, of, 3, 1e-9),), 1e-9, (), (TagShare("news", 5, 0.01),))
    assert [t.id for t in techniques(NoStore(), group)] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([("x:100", NOON), ("x:9", at(1))], ["T0015"]),
        ([("x:100", NOON), ("x:101", NOON), ("x:9", at(1))], ["T0015"]),
        ([("x:9", NOON), ("x:100", at(1))], ["T0049.002"]),
        ([("x:100", NOON), ("x:9105", NOON)], []),  # which of them was first is not told
        ([("x:100", NOON), ("x:1", NOON)], []),
        ([("x:102", NOON), ("x:9", at(1)), ("x:100", at(2))], []),  # of the group, but not of its core
        ([("x:102", NOON), ("x:100", NOON)], []),
        ([("x:100", None)], []),
    ],
)
def test_who_began_a_hashtag(
    embedded_store: Store, used: list[tuple[str, datetime | None]], expected: list[str]
) -> None:
    accounts = rows("id", data=[(account,) for account, _ in used])
    posts = rows("id", "created_at", data=[(f"x:p{n}", moment) for n, (_, moment) in enumerate(used)])
    posted = pairs(*((account, f"x:p{n}") for n, (account, _) in enumerate(used)))
    tagged = pairs(*((f"x:p{n}", "topic") for n in range(len(used))))
    nodes = {"Account": accounts, "Post": posts, "Hashtag": rows("tag", data=[("topic",)])}
    embedded_store.write(GraphBatch(nodes, {"POSTED": posted, "TAGGED": tagged}))
    layers = (LayerEvidence("hashtag", "in step", 3, 1e-9),)
    group = Group("r-1", "campaign", layers, 1e-9, members(), (TagShare("topic", 5, 0.4),))
    assert [t.id for t in techniques(embedded_store, group)] == expected
