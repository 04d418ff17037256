"""The share of luck among the pairs about as weak as one, against lists that are reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from campaign_analysis.results import EDGE_SCHEMA, Detection
from report_example import detection

from campaign.near_luck import near
from campaign.pair_words import near_sentence


def row(number: int, q: float, layer: str = "hashtag", claim: str = "together") -> dict[str, Any]:
    """The pair of a place in a list, its p rising with the place."""
    scale = {"window": 60, "block": 1800, "n": 3, "expected": 0.1}
    return {"a": f"x:{number}", "b": f"y:{number}", "layer": layer, "claim": claim, **scale, "p": number * 1e-6, "q": q}


def of(rows: list[dict[str, Any]]) -> Detection:
    """A run with these edges."""
    return replace(detection(), edges=pl.DataFrame(rows, schema=EDGE_SCHEMA))


# Luck brings .1 pairs to the first hundred, 1 to the first 170, and 2 to all 200.
LIST = [row(k, 0.001 if k <= 100 else 1 / 170 if k <= 170 else 0.01) for k in range(1, 201)]


@pytest.mark.parametrize(
    ("rank", "pairs", "share", "weakest"),
    [
        (200, 30, 1 / 30, True),  # (2 − 1) / 30, where its q says 1 in 100
        (180, 30, 1 / 30, False),
        (150, 70, 0.9 / 70, False),  # (1 − .1) / 70, where its q says 1 in 170
        (5, 100, 0.001, False),  # of the surest hundred no more is known
    ],
)
def test_what_luck_brings_between_two_places_is_shared_among_the_pairs_between_them(
    rank: int, pairs: int, share: float, weakest: bool
) -> None:
    found = near(of(LIST), LIST[rank - 1])
    assert found is not None
    assert (found.rank, found.listed, found.pairs, found.among_the_weakest) == (rank, 200, pairs, weakest)
    assert found.share == pytest.approx(share)


def test_the_pairs_nearby_are_those_of_the_layer_where_its_own_list_has_more_luck_or_is_the_only_one_in_order() -> None:
    links = [row(1_000 + k, 0.008 if k < 10 else 0.0095, "url") for k in range(20)]
    found = near(of([*LIST, *links]), links[-1])
    assert found is not None  # of all layers q goes down again after the two hundredth: not a list of one rate
    assert (found.rank, found.listed, found.pairs) == (20, 20, 20)
    assert found.share == pytest.approx(0.0095)
    assert near(of(links[:9]), links[0]) is None


def test_nobody_is_told_better_odds_than_those_of_the_pair() -> None:
    bump = [row(k, 0.005 if k <= 60 else 0.00501) for k in range(1, 101)]
    found = near(of(bump), bump[99])
    assert found is not None
    assert found.share >= 0.00501


def test_the_weakest_are_told_so_and_how_many_of_those_beside_them_are_luck() -> None:
    average = "Its odds are an average over all pairs as good or better."
    assert near_sentence(of(LIST), LIST[199]) == (
        f"This pair is among the weakest of the 200 that are together (place 200, the surest first). {average} Of the "
        "30 pairs nearest to it in that list, about 1 in 30 is luck."
    )
    assert near_sentence(of(LIST), LIST[149]) == (
        f"This pair is at place 150 of the 200 that are together, the surest first. {average} Of the 70 pairs "
        "nearest to it in that list, about 1 in 78 is luck."
    )
    links = [row(1_000 + k, 0.0095, "url") for k in range(20)]
    assert "of the 20 that are together by links to the same address (" in near_sentence(of([*LIST, *links]), links[-1])
    assert near_sentence(of(LIST[:9]), LIST[0]) == ""
