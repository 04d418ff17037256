"""Stability of groups over seeds, and agreement of the community methods."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from campaign_analysis.communities import communities, weighted
from campaign_analysis.results import EDGE_SCHEMA, Group, Member
from campaign_analysis.stability import METHODS, agreement, stable


def edges(*pairs: tuple[str, str]) -> pl.DataFrame:
    rows = [
        {"a": a, "b": b, "layer": "hashtag", "claim": "together", "window": 60, "block": 1800, "n": 5}
        | {"expected": 0.1, "p": 1e-9, "q": 1e-6}
        for a, b in pairs
    ]
    return pl.DataFrame(rows, schema=EDGE_SCHEMA)


def clique(name: str, size: int) -> list[tuple[str, str]]:
    return list(combinations([f"{name}{i:02}" for i in range(size)], 2))


def group(ids: list[str]) -> Group:
    return Group("", "gathering", (), 0.0, tuple(Member(i, "together", 1, 0.1, 1e-6) for i in ids))


def test_a_group_that_always_lands_together_is_stable() -> None:
    found = edges(*clique("a", 8), *clique("b", 6))
    groups = [group([f"a{i:02}" for i in range(8)]), group([f"b{i:02}" for i in range(6)])]
    for told in stable(groups, found, "louvain", 1, 5):
        assert told.stability == 1.0
        assert {m.stability for m in told.accounts} == {1.0}


def test_an_account_that_lands_elsewhere_is_told() -> None:
    """An account that the partition puts into another group is listed here: no seed brings it back."""
    found = edges(*clique("a", 8), *clique("b", 8), ("a00", "b00"))
    (told,) = stable([group([*(f"a{i:02}" for i in range(8)), "b07"])], found, "louvain", 1, 5)
    assert {m.id: m.stability for m in told.accounts}["b07"] == 0.0
    assert told.stability == pytest.approx(8 / 9)


def test_without_seeds_or_groups_nothing_is_said() -> None:
    alone = group(["a00", "a01", "a02"])
    assert stable([alone], edges(*clique("a", 3)), "louvain", 1, 0) == (alone,)
    assert stable([], edges(), "louvain", 1, 5) == ()


def test_methods_agree_on_what_is_clear() -> None:
    told = agreement(edges(*clique("a", 8), *clique("b", 6)), 1)
    assert {(x.a, x.b) for x in told} == set(combinations(METHODS, 2))
    assert [x.index for x in told] == pytest.approx([1.0] * 3)
    assert agreement(edges(), 1) == ()


def test_methods_that_part_differently_are_told() -> None:
    """A ring of sixty small cliques: Louvain merges neighbours (its resolution limit), the Potts model none."""
    cliques = [clique(f"c{k:02}-", 5) for k in range(60)]
    joints = [(f"c{k:02}-00", f"c{(k + 1) % 60:02}-01") for k in range(60)]
    found = edges(*(pair for c in cliques for pair in c), *((min(j), max(j)) for j in joints))
    assert len(communities(weighted(found), "leiden", 1)) == 60
    assert len(communities(weighted(found), "louvain", 1)) < 40
    told = {(x.a, x.b): x.index for x in agreement(found, 1)}
    assert told["louvain", "leiden"] < 0.8


@pytest.mark.parametrize("seed", range(3))
def test_python_louvain_is_a_method_like_the_others(seed: int) -> None:
    found = weighted(edges(*clique("a", 9), *clique("b", 7), ("a00", "b00")))
    parts = communities(found, "python-louvain", seed)
    assert [len(p) for p in parts] == [9, 7]
    assert parts == communities(found, "python-louvain", seed)
