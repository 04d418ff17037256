"""Of a linked pair of a run: how many pairs as good luck brings, this search found, and one group holds.

A run keeps each edge's q, and of one pair of a group (`why`) the two numbers whose ratio it is. Of other pairs they are
taken from q: of the M pairs under the claim whose q is as small, about q times M are expected to be luck.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from campaign_analysis import layers
from campaign_analysis.results import Detection, Group, PairTest

from campaign.meetings import inside

Edge = Mapping[str, Any]  # a row of EDGE_SCHEMA
KEY = ("a", "b", "layer", "claim")


def as_test(detection: Detection, edge: Edge) -> PairTest:
    """An edge as a test with the numbers that its odds are made of."""
    told = (test for group in detection.groups for test in group.why if test.joined)
    same = next((t for t in told if all(getattr(t, part) == edge[part] for part in KEY)), None)
    if same:
        return same
    found = max(1, as_good(detection, edge).height)
    known = {name: value for name, value in edge.items() if name != "q"}
    possible = sum(detection.tested_pairs.values())
    return PairTest(**known, tests=possible, lucky=edge["q"] * found, listed=found, joined=True)


def as_good(detection: Detection, edge: Edge) -> pl.DataFrame:
    """The edges under the same claim on evidence at least as good."""
    return detection.edges.filter(pl.col("claim") == edge["claim"], pl.col("q") <= edge["q"])


def number_inside(detection: Detection, group: Group, edge: Edge) -> int:
    """How many of them are between accounts of a group."""
    return inside(as_good(detection, edge), group).height


def claims_of(detection: Detection, edge: Edge) -> dict[str, PairTest]:
    """The tests by which the two are linked in the layer of an edge, by claim."""
    both = detection.edges.filter(a=edge["a"], b=edge["b"], layer=edge["layer"])
    return {each["claim"]: as_test(detection, each) for each in both.to_dicts() or [dict(edge)]}


def can_be_in_step(layer: str) -> bool:
    """Whether anybody is said to be in step by a layer."""
    known = layers.every().get(layer)
    return known is None or known.proves


Tested = tuple[str | None, PairTest | None, PairTest | None]  # the claim made of a pair; its tests: together, in step


def with_claims(meetings: pl.DataFrame, tests: Iterable[Tested]) -> pl.DataFrame:
    """Meetings with what is claimed of their two and how they stand under both claims (docs/json.md)."""
    rows = [
        {"a": known.a, "b": known.b, "layer": known.layer, "claim": claim, **_figures("together", together)}
        | _figures("in_step", in_step)
        for claim, together, in_step in tests
        for known in (together or in_step,)
        if known
    ]
    return meetings.join(pl.DataFrame(rows, schema=CLAIMS), on=["a", "b", "layer"], how="left", maintain_order="left")


def _figures(claim: str, test: PairTest | None) -> dict[str, Any]:
    if test is None:
        return {}
    odds = test.lucky / test.listed if test.joined else None
    figures = {"n": test.n, "expected": test.expected, "odds": odds, "lucky": test.lucky}
    return {f"{claim}_{name}": value for name, value in figures.items()}


FIGURES: dict[str, Any] = {"n": pl.Int64, "expected": pl.Float64, "odds": pl.Float64, "lucky": pl.Float64}
CLAIMS: dict[str, Any] = {"a": pl.String, "b": pl.String, "layer": pl.String, "claim": pl.String} | {
    f"{claim}_{name}": kind for claim in ("together", "in_step") for name, kind in FIGURES.items()
}
