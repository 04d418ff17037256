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
    edges = pl.DataFrame({"layer": ["retweet"], "claim": [claim]})
    return _untold([LayerInput("retweet", events, (Scale(60, 1800),))], edges)


def test_untold_are_said_with_their_share() -> None:
    (note,) = told(["a", None, None, None], "in step")
    assert note.startswith("75% of the acts in layer retweet") and "1 pairs are in step" in note


@pytest.mark.parametrize(("sources", "claim"), [(["a", "b"], "in step"), ([None, None], "together")])
def test_nothing_is_said_where_it_does_not_matter(sources: list[str | None], claim: str) -> None:
    assert told(sources, claim) == []
