"""The judge's own counting, on cases small enough to be counted by hand."""

from __future__ import annotations

import math
from itertools import combinations

import polars as pl
import pytest
from campaign_analysis.judging import (
    Count,
    clopper_pearson,
    false_edges,
    fate,
    judge,
    mean_interval,
    total,
    upper_bound,
)
from campaign_analysis.results import EDGE_SCHEMA, Group, GroupClaim, Member

RING = ["r1", "r2", "r3", "r4", "r5"]
OTHER = ["o1", "o2", "o3", "o4"]
CHAT = ["c1", "c2", "c3", "c4"]


def truth_of(*groups: tuple[str, list[str], bool, list[str], float | None]) -> pl.DataFrame:
    """Rows of truth: name, members, guilty, findable, turn-out; the kind is the name without its number."""
    rows = [
        (account, name, name.rstrip("0123456789"), guilty, account in findable, turnout)
        for name, members, guilty, findable, turnout in groups
        for account in members
    ]
    columns = ["account_id", "group", "kind", "guilty", "core", "turnout"]
    return pl.DataFrame(rows, schema=columns, orient="row", schema_overrides={"turnout": pl.Float64})


TRUTH = truth_of(
    ("ring1", RING, True, RING[:4], 0.5), ("burst1", OTHER, True, OTHER, None), ("chat1", CHAT, False, [], None)
)


def group(*ids: str, core: int = 0, claim: GroupClaim = "campaign") -> Group:
    """A group of accounts, the first of which are its core."""
    members = [Member(i, "core" if k < core else "together", 2, 0.1, 1e-6) for k, i in enumerate(ids)]
    return Group("", claim, (), 1e-6, tuple(members))


def edges(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Edges a, b, claim; everything else as it likes."""
    full = [{"a": a, "b": b, "claim": claim, "layer": "hashtag", "p": 0.0, "q": 0.0} for a, b, claim in rows]
    return pl.DataFrame(full, schema=EDGE_SCHEMA)


def test_an_edge_in_step_is_false_unless_the_two_share_a_guilty_group():
    pairs = [("r1", "r2"), ("c1", "c2"), ("o1", "r1"), ("r1", "x"), ("x", "y"), ("c1", "r1")]
    found = edges(*((a, b, "in step") for a, b in pairs))
    assert false_edges(found, TRUTH, "in step") == Count(5, 6)


def test_an_edge_together_is_true_among_innocents_of_one_group():
    pairs = [("r1", "r2"), ("c1", "c2"), ("o1", "r1"), ("x", "y")]
    assert false_edges(edges(*((a, b, "together") for a, b in pairs)), TRUTH, "together") == Count(2, 4)


def test_accounts_that_share_two_guilty_groups_make_one_true_edge():
    truth = truth_of(("ring1", RING, True, RING, 0.9), ("ring2", RING, True, RING, 0.9))
    assert false_edges(edges(("r1", "r2", "in step"), ("r1", "x", "in step")), truth, "in step") == Count(1, 2)


def test_no_edges_are_no_false_edges():
    count = false_edges(edges(), TRUTH, "in step")
    assert count == Count(0, 0)
    assert math.isnan(count.share)


def test_the_same_pair_in_two_layers_is_two_edges():
    twice = pl.concat([edges(("x", "y", "in step")), edges(("x", "y", "in step"))])
    assert false_edges(twice, TRUTH, "in step") == Count(2, 2)


@pytest.mark.parametrize(
    ("expected", "groups"),
    [
        ("missed", []),
        ("missed", [group("r1", "r2", "x")]),  # two of a ring do not hold it
        ("missed", [group(*OTHER)]),  # a campaign, but another ring's
        ("gathering", [group(*RING, claim="gathering")]),
        ("whole", [group(*RING)]),
        ("whole", [group(*RING, "x")]),  # a passer-by does no harm
        ("whole", [group(*RING), group(*OTHER), group(*CHAT, claim="gathering")]),
        ("part", [group("r1", "r2", "r3")]),  # three of five
        ("whole", [group("r1", "r2", "r3", "r4")]),  # four of five
        ("split", [group("r1", "r2", "r3"), group("r3", "r4", "r5")]),
        ("merged", [group(*RING, *OTHER)]),
        ("merged", [group("r1", "r2", "r3", "o1", "o2", "o3")]),
        ("whole", [group(*RING, "o1", "o2")]),  # two of another ring do not hold that one
        ("merged", [group("r1", "r2", "r3", "x", "y", "z", "u")]),  # mostly strangers
        ("merged", [group("r1", "r2", "r3"), group("r3", "r4", "r5", *OTHER)]),  # merged weighs more than split
    ],
)
def test_fates(expected: str, groups: list[Group]):
    assert fate(set(RING), [set(OTHER)], groups) == expected


def test_accounts_of_two_rings_do_not_merge_them():
    """The second ring is held by three accounts, all of whom are in the first ring too."""
    assert fate(set(RING), [{"r1", "r2", "r3", "o1"}], [group(*RING)]) == "whole"


def test_a_verdict_counts_campaigns_accounts_and_groups():
    found = [
        group("r1", "r2", "r3", "r5", "x", core=3),  # of the ring: three findable of four, four members of five
        group("c1", "c2", "r4", "y", core=2),  # a false campaign: its core is innocent
        group(*OTHER, claim="gathering"),
    ]
    pairs = [("r1", "r2", "in step"), ("c1", "c2", "in step"), ("c1", "c2", "together")]
    verdict = judge(found, edges(*pairs), TRUTH)
    assert verdict.edges == {"in step": Count(1, 2), "together": Count(0, 1)}
    assert (verdict.campaigns, verdict.false_campaigns, verdict.gatherings) == (2, 1, 1)
    assert verdict.accused == Count(3, 5)
    assert verdict.listed == Count(5, 9)
    assert verdict.wrongly == {"chat": 2}
    ring, burst = verdict.planted
    assert (ring.name, ring.kind, ring.turnout, ring.fate) == ("ring1", "ring", 0.5, "part")
    assert ring.core == Count(3, 4)
    assert ring.members == Count(5, 5)  # listed in whatever campaign, the false one as well
    assert (burst.turnout, burst.fate, burst.core, burst.members) == (None, "gathering", Count(0, 4), Count(0, 4))


def test_passers_by_in_a_core_are_the_crowds():
    assert judge([group("x", "y", "z", core=3)], edges(), TRUTH).wrongly == {"crowd": 3}


def test_a_guilty_group_of_which_nobody_could_be_found_is_not_asked_for():
    truth = truth_of(("ring1", RING, True, [], 0.1))
    verdict = judge([], edges(), truth)
    assert verdict.planted == ()
    assert verdict.accused == Count(0, 0)


def test_a_campaign_half_of_whose_core_is_innocent_is_false():
    def false(*core: str) -> int:
        return judge([group(*core, core=len(core))], edges(), TRUTH).false_campaigns

    assert false("r1", "r2", "x") == 0
    assert false("r1", "r2", "x", "y") == 1


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),  # the table of Clopper & Pearson, 95 %
        (1, 10, 0.0025, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (10, 10, 0.6915, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_clopper_pearson(part: int, whole: int, low: float, high: float):
    assert clopper_pearson(Count(part, whole)) == pytest.approx((low, high), abs=1e-4)


def test_the_rule_of_three():
    """Nothing in 59 trials: under .05 with 95 % confidence; in 58 not quite."""
    assert upper_bound(Count(0, 59)) < 0.05 < upper_bound(Count(0, 58))
    assert upper_bound(Count(3, 3)) == 1.0
    assert upper_bound(Count(0, 0)) == 1.0


def test_mean_of_runs():
    mean, low, high = mean_interval([0.1, 0.2, 0.3])
    assert mean == pytest.approx(0.2)
    assert (low, high) == pytest.approx((0.0, 0.2 + 4.3027 * 0.1 / math.sqrt(3)), abs=1e-4)  # t of two degrees
    assert mean_interval([0.4]) == (0.4, 0.0, 1.0)
    assert mean_interval([0.0, 0.0]) == (0.0, 0.0, 0.0)
    assert math.isnan(mean_interval([])[0])


def test_totals():
    assert total([Count(1, 2), Count(3, 4)]) == Count(4, 6)
    assert total([]) == Count(0, 0)
    assert total([Count(0, 0), Count(1, 4)]).share == 0.25


def test_a_whole_clique_of_a_ring_is_right():
    pairs = [(a, b, claim) for a, b in combinations(RING, 2) for claim in ("in step", "together")]
    verdict = judge([group(*RING, core=5)], edges(*pairs), TRUTH)
    assert {claim: count.part for claim, count in verdict.edges.items()} == {"in step": 0, "together": 0}
    assert verdict.planted[0].fate == "whole"
