"""One false discovery rate over all layers: what a list of ten layers promises is what a list of one does."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from campaign_analysis.all_layers import admitted, false_pairs
from campaign_analysis.attainable import LEVELS, Chance
from campaign_analysis.results import EDGE_SCHEMA

TESTS = 1000
LAYERS = tuple(f"layer{i}" for i in range(10))


def chance(tests: int = TESTS) -> Chance:
    """Of tests whose p are uniform."""
    return Chance(tests * LEVELS, tests * LEVELS)


def edge(layer: str, pair: int, p: float, claim: str = "together") -> dict[str, Any]:
    names = {"a": f"a{pair}", "b": f"b{pair}", "layer": layer, "claim": claim, "p": p, "q": 0.0}
    return {**names, "window": 60, "block": 1800, "n": 5, "expected": 0.1}


def listed(rows: list[dict[str, Any]], fdr: float = 0.05, layers: tuple[str, ...] = LAYERS) -> pl.DataFrame:
    return admitted(pl.DataFrame(rows, schema=EDGE_SCHEMA), {layer: chance() for layer in layers}, fdr)


def test_an_edge_that_its_own_layer_would_admit_is_refused_by_ten() -> None:
    alone = edge("layer3", 1, 0.02 / TESTS)
    assert listed([alone], layers=("layer3",))["q"].to_list() == pytest.approx([0.02], rel=0.2)
    assert listed([alone]).is_empty()
    (q,) = listed([edge("layer3", 1, 0.002 / TESTS)])["q"]
    assert q == pytest.approx(0.02, rel=0.2)


def test_strong_edges_of_one_layer_let_no_weak_ones_into_another() -> None:
    """Or a thousand pairs by hashtag would buy ten false ones by link, which is a list of its own to readers."""
    strong = [edge("layer0", i, 1e-12) for i in range(500)]
    weak = edge("layer1", 900, 0.5 / TESTS)
    assert listed([*strong, weak])["layer"].unique().to_list() == ["layer0"]
    assert listed([*strong, edge("layer0", 900, 0.5 / TESTS)]).height == 501


def test_who_is_no_longer_together_is_no_longer_in_step() -> None:
    pair = [edge("layer0", 1, 1e-9, "in step"), edge("layer0", 1, 0.02 / TESTS)]
    assert listed(pair).is_empty()
    assert listed(pair, layers=("layer0",))["claim"].to_list() == ["in step", "together"]


def test_a_loose_scale_links_nobody_who_is_no_longer_in_step() -> None:
    """It is for those in step alone (sessions.Scale.weight)."""
    loose = pl.DataFrame({"layer": ["layer0"], "window": [300], "block": [14_400]})
    wide = {"window": 300, "block": 14_400}
    pair = [edge("layer0", 1, 0.02 / TESTS, "in step") | wide, edge("layer0", 1, 1e-9) | wide]
    chances = {layer: chance() for layer in LAYERS}
    rows = pl.DataFrame([*pair, edge("layer0", 2, 1e-9)], schema=EDGE_SCHEMA)
    assert admitted(rows, chances, 0.05)["a"].to_list() == ["a1", "a2"]
    assert admitted(rows, chances, 0.05, loose)["a"].to_list() == ["a2"]
    assert admitted(rows, {"layer0": chance()}, 0.05, loose).height == 3


def test_rates_are_those_of_the_list_that_is_left() -> None:
    """Found again from the list alone: the larger of the layer's rate and that of all layers."""
    rng = np.random.default_rng(3)
    rows = [edge(LAYERS[i % 3], i, float(p)) for i, p in enumerate(10 ** rng.uniform(-9, 0, 300))]
    kept = listed(rows)
    assert 30 < kept.height < 300
    for row in kept.iter_rows(named=True):
        rates = []
        for part, tests in ((kept.filter(layer=row["layer"]), TESTS), (kept, 10 * TESTS)):
            down = part.filter(pl.col("p") >= row["p"])["p"]
            rates.append(min(tests * p / part.filter(pl.col("p") <= p).height for p in down))
        assert row["q"] == pytest.approx(max(rates), rel=0.2)  # levels of p are 15 % apart
        assert row["q"] <= 0.05


def test_under_no_coordination_ten_layers_are_wrong_as_seldom_as_one() -> None:
    """With uniform p of 10 x 1000 tests, a list that is not empty is wrong: 5 % of 2000 searches, not 40 %."""
    rng = np.random.default_rng(1)
    smallest = rng.random((2000, len(LAYERS), TESTS)).min(axis=2)
    wrong = sum(
        not listed([edge(layer, i, p) for i, (layer, p) in enumerate(zip(LAYERS, row, strict=True))]).is_empty()
        for row in smallest[(smallest.min(axis=1) < 1e-4)]
    )
    assert wrong / 2000 <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 2000)
    assert wrong / 2000 > 0.025


def test_false_pairs_are_those_of_all_layers() -> None:
    one = false_pairs({"a": chance()}, np.array([1e-6]), "together")
    assert false_pairs({"a": chance(), "b": chance(), "c": chance()}, np.array([1e-6]), "in step") == pytest.approx(
        3 * one
    )
    silent = {"a": chance(), "b": chance().together_only()}
    assert false_pairs(silent, np.array([1e-6]), "in step") == pytest.approx(one)
