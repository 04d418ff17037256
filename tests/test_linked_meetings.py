"""On what linked pairs met and when: as many meetings as were counted, and none of those who are not linked."""

from __future__ import annotations

import polars as pl
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.linked_meetings import MEETINGS, linked_meetings
from campaign_analysis.results import EDGE_SCHEMA
from campaign_analysis.sessions import Scale
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from worlds import SETTING


def acts(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"account": pl.String, "object": pl.String, "time": pl.Int64}, orient="row")


def edge(a: str, b: str, claim: str, window: int, block: int = 1800) -> dict[str, object]:
    numbers = {"n": 2, "expected": 0.1, "p": 1e-9, "q": 1e-6}
    return {"a": a, "b": b, "layer": "hashtag", "claim": claim, "window": window, "block": block, **numbers}


def edges(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=EDGE_SCHEMA)


SECOND, HOUR = 1_000, 3_600_000
SCALES = (Scale(60, 1800), Scale(300, 14_400))


def test_who_is_not_linked_does_not_begin_a_group_nor_does_a_meeting_beyond_the_window_that_links() -> None:
    """A group's first meeting was one of two accounts that are not linked, at a window that links neither."""
    met = acts(
        *(("a", "x", 5 * HOUR), ("b", "x", 5 * HOUR + 50 * SECOND)),
        *(("a", "x", 9 * HOUR), ("b", "x", 9 * HOUR + 10 * SECOND)),
        *(("a", "y", 1 * HOUR), ("c", "y", 1 * HOUR)),  # not linked
        *(("a", "y", 2 * HOUR), ("b", "y", 2 * HOUR + 279 * SECOND)),  # linked, but within a minute
    )
    layer = LayerInput("hashtag", met, SCALES)
    found = linked_meetings([layer], edges(edge("a", "b", "in step", 60), edge("a", "b", "together", 300, 14_400)))
    assert found.sort("first").select("object", "first", "last").rows() == [
        ("x", 5 * HOUR, 5 * HOUR + 50 * SECOND),
        ("x", 9 * HOUR, 9 * HOUR + 10 * SECOND),
    ]
    wider = linked_meetings([layer], edges(edge("a", "b", "together", 300, 14_400)))
    assert int(wider["first"].min()) == 2 * HOUR  # type: ignore[arg-type]


def test_as_many_meetings_as_were_counted_for_each_pair() -> None:
    posts, _ = simulate({"crowd": {"posts": 20_000}, "rings": {"rings": 2, "size": 20}}, 1, setting=SETTING)
    inputs = inputs_of(posts)
    found = detect(inputs)
    assert found.edges.filter(claim="in step").height > 30
    best = found.edges.sort("claim").unique(["a", "b", "layer"], keep="first", maintain_order=True)
    told = linked_meetings(inputs, found.edges).group_by("a", "b", "layer").len("told")
    both = best.join(told, on=["a", "b", "layer"], how="full", coalesce=True)
    assert both.filter(pl.col("n") == pl.col("told")).height == both.height == best.height


def test_without_edges_there_are_none() -> None:
    found = linked_meetings([LayerInput("hashtag", acts(("a", "x", 1)), SCALES)], edges())
    assert found.is_empty() and found.schema == pl.Schema(MEETINGS)
