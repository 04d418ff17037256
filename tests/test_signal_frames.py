"""The frames of the signals out of both stores: known rows, and the same from each."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from campaign_analysis.account_frames import ALL_PROFILES, CLIENTS, DELETIONS, PROFILES, SNAPSHOTS, TIMES, Frame
from campaign_cypher import queries
from campaign_cypher.store import Store
from library_world import small
from small_graph import at

from campaign.signals import OTHERS, drawn, read

KNOWN: list[tuple[Frame, list[str], list[tuple[Any, ...]]]] = [
    (TIMES, ["account", "time"], [("x:2", at(0.5)), ("x:2", at(26 * 60 + 2.5)), ("x:3", at(1)), ("x:3", at(26 * 60))]),
    (CLIENTS, ["account", "client", "posts"], [("x:2", "web", 2), ("x:3", "phone", 1), ("x:3", "web", 1)]),
    (DELETIONS, ["account", "post", "created_at"], [("x:3", "x:p6", at(26 * 60))]),
    (PROFILES, ["account", "handle", "status"], [("x:2", "Bob", "suspended"), ("x:3", "Cyd", None)]),
    (SNAPSHOTS, ["account", "followers"], []),
]


@pytest.fixture
def loaded(any_store: Store) -> Store:
    any_store.write(small().batch)
    return any_store


def test_frames_have_their_columns_and_the_rows_of_the_accounts(loaded: Store) -> None:
    for frame, columns, known in KNOWN:
        found = read(loaded, frame, ["x:2", "x:3"], None, None)
        assert found.schema == pl.Schema(frame.columns), frame.name
        rows = found.select(columns).sort(columns).rows()
        expected = [(a, int(t.timestamp() * 1000)) for a, t in known] if frame is TIMES else known
        assert rows == expected, frame.name
    assert read(loaded, SNAPSHOTS, ["x:1"], None, None)["followers"].to_list() == [10, 12]
    assert read(loaded, TIMES, ["x:2", "x:3"], at(1), at(60))["account"].to_list() == ["x:3"]
    everybody = loaded.read(queries.get("signals/everybody"))["account"].to_list()
    whole = read(loaded, ALL_PROFILES, ["x:2"], None, None)  # whoever is asked about
    assert whole.schema == pl.Schema(ALL_PROFILES.columns)
    assert whole["account"].to_list() == everybody
    assert everybody == ["x:1", "x:2", "x:3", "x:4", "x:5", "x:6"]


def test_of_many_others_the_same_ones_are_drawn_each_time() -> None:
    many = [f"x:{i}" for i in range(10 * OTHERS)]
    assert len(set(drawn(many))) == OTHERS
    assert drawn(many) == drawn(many)
    assert drawn(many[:5]) == many[:5]
