"""A run says where the data do not tell whose posts were passed on, and only where that matters."""

from __future__ import annotations

import polars as pl
import pytest
from campaign_analysis.detect import LayerInput
from campaign_analysis.sessions import Scale

from campaign.untold_words import untold_sentences


def told(sources: list[str | None], claim: str) -> list[str]:
    n = len(sources)
    events = pl.DataFrame({"account": ["u"] * n, "object": ["o"] * n, "time": range(n), "source": sources})
    return notes_of("retweet", events.with_columns(born="time"), claim)


def notes_of(layer: str, events: pl.DataFrame, claim: str = "in step") -> list[str]:
    edges = pl.DataFrame({"layer": [layer], "claim": [claim]})
    return untold_sentences([LayerInput(layer, events, (Scale(60, 1800),))], edges)


def test_untold_are_said_with_their_share() -> None:
    (note,) = told(["a", None, None, None], "in step")
    assert note.startswith("For 75% of the retweets the data do not say whose the thing is")
    assert note.endswith("The only pair in step is so by retweets of the same post.")


def test_of_how_many_pairs_in_step_it_is_said() -> None:
    events = pl.DataFrame({"account": ["u"], "object": ["o"], "time": [1], "born": [1]})
    edges = pl.DataFrame({"layer": ["retweet", "retweet", "hashtag"], "claim": ["in step"] * 3})
    (note,) = untold_sentences([LayerInput("retweet", events, (Scale(60, 1800),))], edges)
    assert note.endswith("2 of the 3 pairs in step are so by retweets of the same post.")


@pytest.mark.parametrize(("sources", "claim"), [(["a", "b"], "in step"), ([None, None], "together")])
def test_nothing_is_said_where_it_does_not_matter(sources: list[str | None], claim: str) -> None:
    assert told(sources, claim) == []


def test_of_texts_it_is_said_that_nobody_knows_since_when_they_are_known_and_of_hashtags_nobody_asks() -> None:
    events = pl.DataFrame({"account": ["u", "v"], "object": ["o", "o"], "time": [1, 2]})
    (note,) = notes_of("text", events)
    assert note.startswith(
        "For 100% of the own posts that nearly repeat somebody else's text (of 5 words or more) the data do not say "
        "when the thing came out"
    )
    assert notes_of("text", events.with_columns(born="time")) == []
    assert notes_of("hashtag", events) == []
