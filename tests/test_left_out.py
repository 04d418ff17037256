"""Posts that do not count: talks by naming each other, in the events of a run and in the posts that are shown."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from campaign_analysis.layer_input import input_of
from campaign_analysis.layers import every
from campaign_analysis.left_out import conversations
from campaign_analysis.talks import TALK
from campaign_cypher.events import read_events
from campaign_cypher.store import Store
from campaign_loader import load

from campaign.evidence import Evidence
from campaign.request import Request


def named(*acts: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(acts, schema=["account", "object", "time"], orient="row")


def talked(*acts: tuple[str, str, int]) -> set[tuple[str, int]]:
    return set(conversations(named(*acts)).iter_rows())


def test_who_is_named_back_within_the_hour_talks() -> None:
    assert talked(("a", "b", 0), ("b", "a", TALK)) == {("a", 0), ("b", TALK)}
    assert talked(("a", "b", 0), ("b", "a", TALK + 1)) == set()


def test_all_that_a_post_of_a_talk_names_is_of_the_talk() -> None:
    acts = named(("a", "b", 5), ("a", "c", 5), ("b", "a", 9), ("d", "c", 7))
    counted = input_of(every()["mention"], acts)
    assert counted.events.rows() == [("d", "c", 7)]
    assert counted.population is not None
    assert set(counted.population) == {"a", "b", "d"}  # who talks could have acted


@pytest.mark.parametrize("acts", [[("a", "a", 0)], [("a", "b", 0), ("c", "b", 1)], [("a", "b", 0), ("a", "b", 5)], []])
def test_naming_oneself_or_the_same_person_is_no_talk(acts: list[tuple[str, str, int]]) -> None:
    frame = pl.DataFrame(acts, schema={"account": pl.String, "object": pl.String, "time": pl.Int64}, orient="row")
    assert conversations(frame).is_empty()


def test_the_posts_that_are_shown_are_those_that_counted(any_store: Store, tmp_path: Path) -> None:
    """Ann and Bob name the target on five days; on the sixth they talk to each other about it."""
    rows = [
        f"{day}{who},{who},{who},2020-01-0{day}T12:00:{at:02},words,@target"
        for day in range(1, 6)
        for who, at in (("ann", 1), ("bob", 9))
    ]
    rows += ["x,ann,ann,2020-01-06T12:00:00,words,@target @bob", "y,bob,bob,2020-01-06T12:00:20,words,@target @ann"]
    (tmp_path / "posts.csv").write_text(
        "\n".join(["post_id,user_id,username,created_at,text,mentions", *rows]) + "\n", encoding="utf-8"
    )
    load([str(tmp_path / "posts.csv")], any_store)
    layer = every()["mention"]
    assert read_events(any_store, "mention").height == 14
    ids = ["other:ann", "other:bob"]
    shown = Evidence(any_store, ids, Request())
    assert shown.acts(layer).height == 10 == input_of(layer, read_events(any_store, "mention")).events.height
    edge = {"layer": "mention", "a": ids[0], "b": ids[1], "window": 60, "block": 1800}
    assert shown.episodes(edge).height == 5
