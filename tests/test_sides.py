"""Both sides of those whom a group serves: parted by what they use, with what sets them apart and what all share."""

from __future__ import annotations

import numpy as np
import polars as pl
from campaign_analysis.sides import sides


def uses(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, ["account", "used", "posts"], orient="row")


def party(rng: np.random.Generator, name: str, own: list[str], size: int) -> list[tuple[str, str, int]]:
    """Accounts that use their own side's tags, what everybody talks of, and something of their own."""
    rows = []
    for i in range(size):
        account = f"{name}{i}"
        rows += [(account, tag, int(rng.integers(2, 20))) for tag in own if rng.random() < 0.8]
        rows += [(account, "#news", int(rng.integers(1, 6))), (account, f"#{account}", 3)]
    return rows


def test_two_sides_with_what_sets_them_apart_and_what_they_share() -> None:
    rng = np.random.default_rng(1)
    left = party(rng, "left", [f"#left{i}" for i in range(6)], 12)
    right = party(rng, "right", [f"#right{i}" for i in range(6)], 9)
    found = sides(uses(*left, *right, ("hermit", "#alone", 5)))
    assert [len(side.accounts) for side in found.sides] == [12, 9]
    assert all(name.startswith("#left") for name in found.sides[0].apart)
    assert all(name.startswith("#right") for name in found.sides[1].apart)
    assert len(found.sides[1].apart) >= 5
    assert (found.common, found.alone) == (("#news",), ("hermit",))


def test_the_order_of_rows_changes_nothing_and_nothing_gives_nothing() -> None:
    rng = np.random.default_rng(2)
    rows = uses(*party(rng, "a", ["#x", "#y"], 6), *party(rng, "b", ["#z", "#w"], 6))
    assert sides(rows) == sides(rows.sample(fraction=1, shuffle=True, seed=3))
    assert sides(rows.clear()).sides == ()
    assert sides(uses(("a", "#x", 1), ("b", "#y", 1))).alone == ("a", "b")
