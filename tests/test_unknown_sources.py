"""A run says where the data do not tell whose posts were passed on, and only where that matters."""

from __future__ import annotations

import polars as pl
import pytest
from campaign_analysis.detect import LayerInput
from campaign_analysis.sessions import Scale

from campaign.pipeline import _untold


def told(sources: list[str | None], claim: str) -> list[str]:
    n = len(sources)
    events = pl.DataFrame({"account": ["u"] * n, "object": ["o"] * n, "time": range(n), "source": sources})
    return notes_of("retweet", events.with_columns(born="time"), claim)


def notes_of(layer: str, events: pl.DataFrame, claim: str = "in step") -> list[str]:
    edges = pl.DataFrame({"layer": [layer], "claim": [claim]})
    return _untold([LayerInput(layer, events, (Scale(60, 1800),))], edges)


def test_untold_are_said_with_their_share() -> None:
    (note,) = told(["a", None, None, None], "in step")
    assert note.startswith("75% of the acts in layer retweet") and "1 pairs are in step" in note


@pytest.mark.parametrize(("sources", "claim"), [(["a", "b"], "in step"), ([None, None], "together")])
def test_nothing_is_said_where_it_does_not_matter(sources: list[str | None], claim: str) -> None:
    assert told(sources, claim) == []


def test_of_texts_it_is_said_that_nobody_knows_since_when_they_are_known_and_of_hashtags_nobody_asks() -> None:
    events = pl.DataFrame({"account": ["u", "v"], "object": ["o", "o"], "time": [1, 2]})
    (note,) = notes_of("text", events)
    assert note.startswith("100% of the acts in layer text do not say when the object came out")
    assert notes_of("text", events.with_columns(born="time")) == []
    assert notes_of("hashtag", events) == []
