"""Planted rings: what would be found grows with turn-out, and agrees with planting one ring and searching all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.detectability import Ring, acts_of, cores_of, detectability, ground_of, outcomes, wilson
from campaign_analysis.results import Group, Member, Planted
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from worlds import SETTING

ASKED = (0.01, "louvain", 1)


@pytest.fixture(scope="module")
def layer() -> LayerInput:
    posts, _ = simulate({"crowd": {"posts": 20_000}, "rings": {"rings": 1}}, 3, setting=SETTING)
    return next(i for i in inputs_of(posts) if i.name == "hashtag")


def would_be_found(layer: LayerInput, found: Found, kinds: Sequence[Ring], each: int) -> tuple[Planted, ...]:
    return detectability(layer, outcomes(layer, None, found, kinds, each, *ASKED))


def test_more_turn_out_is_found_more(layer: LayerInput) -> None:
    rings = [Ring(10, 8, turnout) for turnout in (0.2, 0.5, 0.9)]
    rows = would_be_found(layer, detect([layer]), rings, 10)
    assert [(r.size, r.actions, r.turnout, r.rings, r.layer) for r in rows] == [
        (10, 8, t, 10, "hashtag") for t in (0.2, 0.5, 0.9)
    ]
    assert [r.found for r in rows] == sorted(r.found for r in rows)
    assert rows[0].members < 0.3 < 0.9 < rows[2].members
    assert all(r.low <= r.found / r.rings <= r.high for r in rows)


def test_it_agrees_with_planting_a_ring_and_searching_everything(layer: LayerInput) -> None:
    """Many rings at once, each judged by itself: as if each were there alone."""
    ring, found = Ring(12, 8, 0.6), detect([layer])
    ground = ground_of(layer, None, found)
    rng = np.random.default_rng(7)
    cores = []
    for _ in range(8):
        members = ground.borrowed.gather(rng.permutation(len(ground.borrowed))[: ring.size])
        planted = pl.concat([ground.frame, acts_of(ground, members, ring, rng)], how="diagonal")
        groups = detect([replace(layer, events=planted)]).groups
        mine = set(members)
        cores.append(max((sum(m.id in mine and m.role == "core" for m in g.accounts) for g in groups), default=0))
    (row,) = would_be_found(layer, found, [ring], 40)
    assert row.members == pytest.approx(sum(cores) / ring.size / len(cores), abs=0.2)


def test_accounts_of_found_groups_are_not_borrowed_and_those_asked_about_are(layer: LayerInput) -> None:
    found = detect([layer])
    taken = {m.id for g in found.groups for m in g.accounts}
    assert taken
    assert not taken & set(ground_of(layer, None, found).borrowed)
    chosen = layer.events["account"].unique().sort().head(50)
    ground = ground_of(layer, chosen, found)
    assert set(ground.borrowed) == set(chosen) - taken


def test_a_ring_acts_as_it_is_told(layer: LayerInput) -> None:
    ground = ground_of(layer, None, detect([layer]))
    members = ground.borrowed.head(30)
    acts = acts_of(ground, members, Ring(30, 12, 0.5), np.random.default_rng(1))
    assert acts["object"].n_unique() == 3
    assert acts["account"].n_unique() > 25
    assert 12 * 30 * 0.35 < acts.height < 12 * 30 * 0.65
    times = acts.sort("time")["time"]
    assert (times.diff() > 60_000).sum() <= 11  # twelve actions, each within a minute


def test_a_ring_that_is_found_in_two_parts_is_found_with_both() -> None:
    """Two of a ring in somebody else's core do not find it."""
    home = pl.DataFrame({"account": list("abcdefgh"), "ring": [0] * 6 + [1] * 2})
    members = [[Member(i, "core", 4, 0.1, 1e-6) for i in core] for core in ("abc", "def", "ghxyz")]
    members[0].append(Member("h", "together", 4, 0.1, 1e-6))
    groups = [Group("", "campaign", (), 0.0, tuple(accounts)) for accounts in members]
    assert cores_of(groups, home, 2) == [6, 0]


def test_the_same_seed_plants_the_same_rings(layer: LayerInput) -> None:
    found, rings = detect([layer]), [Ring(10, 8, 0.5)]
    shuffled = replace(layer, events=layer.events.sample(fraction=1, shuffle=True, seed=2))
    assert would_be_found(layer, found, rings, 4) == would_be_found(shuffled, found, rings, 4)


def test_what_cannot_be_planted_is_left_out(layer: LayerInput) -> None:
    few = replace(layer, events=layer.events.head(5))
    assert would_be_found(few, detect([few]), [Ring(30, 8, 0.5)], 2) == ()


def test_the_interval_is_wilsons() -> None:
    assert wilson(17, 20) == pytest.approx((0.6396, 0.9476), abs=1e-3)
    assert wilson(0, 20)[0] == 0.0
    assert wilson(20, 20)[1] == 1.0
