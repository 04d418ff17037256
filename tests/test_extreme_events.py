"""Events that are few, all at once, in the future, or nearly all of one account: a right answer or a clear word."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import polars as pl
import pytest
from campaign_analysis import repeats
from campaign_analysis.edges import LayerEdges, find_edges
from campaign_analysis.errors import AnalysisError
from campaign_analysis.sessions import Scale

NOON = 1_599_998_400
SCALES = (Scale(60, 240), Scale(60, 1800), Scale(60, 7200))


def edges(rows: list[tuple[str, str, float]], one_object: bool = False) -> LayerEdges:
    """Edges of events (account, object, seconds since 1970)."""
    frame = pl.DataFrame(
        [(who, what, round(when * 1000)) for who, what, when in rows],
        schema={"account": pl.String, "object": pl.String, "time": pl.Int64},
        orient="row",
    )
    return find_edges("hashtag", frame, SCALES, 0.01, one_object=one_object)


def ring(size: int = 6, meetings: int = 8) -> list[tuple[str, str, float]]:
    """Accounts that act within seconds again and again, hours apart."""
    return [(f"ring{i}", f"push{k}", NOON + 20_000.0 * k + i) for i in range(size) for k in range(meetings)]


def crowd(size: int, posts: int = 6) -> list[tuple[str, str, float]]:
    """Accounts that act at any time."""
    rng = random.Random(1)
    return [
        (f"crowd{i}", f"push{k}", NOON + 20_000.0 * k + rng.randrange(18_000))
        for i in range(size)
        for k in range(posts)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("a", "tag", NOON)],
        [("a", "tag", NOON + 100.0 * i) for i in range(50)],
        [("a", "tag", NOON), ("b", "tag", NOON)],
        [(f"a{i}", f"tag{i % 3}", NOON) for i in range(200)],
    ],
    ids=["nothing", "one event", "one account", "two at once", "all at one instant"],
)
def test_too_little_to_say_anything_is_no_edge(rows: list[tuple[str, str, float]]) -> None:
    found = edges(rows)
    assert found.edges.is_empty()
    accounts = len({who for who, _, _ in rows})
    assert found.tested_pairs == accounts * (accounts - 1) // 2


def test_a_ring_in_the_future_is_a_ring() -> None:
    years = datetime(2387, 1, 1, tzinfo=UTC).timestamp() - NOON
    years -= years % 86_400  # habits are of the time of the day
    now, then = edges(ring() + crowd(60)), edges([(a, o, t + years) for a, o, t in ring() + crowd(60)])
    assert now.edges.filter(claim="together").height == 15
    assert now.edges.equals(then.edges)


def test_thousands_at_once_are_a_crowd_and_the_ring_beside_them_is_found() -> None:
    everybody = [(f"c{i}", "final whistle", NOON + 100.0) for i in range(5000)]
    found = edges(ring() + crowd(60) + everybody).edges.filter(claim="together")
    assert {*found["a"], *found["b"]} == {f"ring{i}" for i in range(6)}


def test_thousands_who_meet_twice_at_once_are_not_listed_pair_by_pair_unless_they_stand_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their 80,000 pairs are counted; beside the crowd of each moment two meetings are nothing."""
    monkeypatch.setattr(repeats, "FEW", 0)
    monkeypatch.setattr(repeats, "EVENTS", 1 << 40)
    rows = [(f"c{i}", f"goal{k}", NOON + 9000.0 * k + i % 40) for i in range(400) for k in range(2)]
    others = [(f"d{i}", f"goal{k}", NOON + 9000.0 * k + i % 1700) for i in range(900) for k in range(2)]
    found = edges(ring() + crowd(60) + rows + others).edges.filter(claim="together")
    assert {f"ring{i}" for i in range(6)} <= {*found["a"], *found["b"]}


def test_an_account_with_nine_of_ten_posts_is_in_no_pair() -> None:
    """It is everywhere at all times: whoever posts meets it."""
    busy = [("busy", f"push{k}", NOON + 20_000.0 * k + 61 * i) for k in range(8) for i in range(300)]
    rows = ring() + crowd(60) + busy
    assert len(busy) > 0.8 * len(rows)
    found = edges(rows).edges.filter(claim="in step")
    assert "busy" not in {*found["a"], *found["b"]}
    together = edges(rows).edges.filter(claim="together")
    assert {*together["a"], *together["b"]} >= {f"ring{i}" for i in range(6)}


@pytest.mark.parametrize("scale", [Scale(0, 60), Scale(60, 0), Scale(-1, 60), Scale(60, 100)])
def test_scales_that_make_no_sense_are_refused(scale: Scale) -> None:
    with pytest.raises(AnalysisError, match="window"):
        find_edges("hashtag", pl.DataFrame({"account": ["a"], "object": ["t"], "time": [0]}), (scale,), 0.01)
