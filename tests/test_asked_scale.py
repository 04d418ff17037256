"""`--window` and `--block` are told wherever a run is: they decide what a meeting is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from campaign_analysis.layers import named

from campaign.asked_scale import asked_scale, scale_sentence, too_long
from campaign.commands.runs import _asked
from campaign.request import Request, parameters_of, seconds, written

OWN = {layer.name: [(s.window, s.block) for s in layer.scales] for layer in named([])}


def parameters(scales: dict[str, list[tuple[int, int]]]) -> dict[str, Any]:
    return parameters_of(Request(), scales)


def test_a_window_asked_for_is_listed_with_its_run() -> None:
    asked = parameters({layer: [(7_776_000, 233_280_000)] for layer in ("hashtag", "text")})
    assert _asked(json.dumps(asked)) == "hashtag,text window 90d block 2700d"
    assert scale_sentence(asked).endswith("by one measure: at most 90 days apart, once in 2,700 days.")


def test_each_layers_own_scales_are_not_told() -> None:
    assert asked_scale(parameters(OWN)) is None
    assert scale_sentence(parameters(OWN)) == ""
    assert all(asked_scale(parameters({layer: scales})) is None for layer, scales in OWN.items())
    assert asked_scale({}) is None
    assert asked_scale({"layers": ["hashtag"]}) is None  # as a file by hand may have it


@pytest.mark.parametrize("text", ["90s", "30m", "2h", "1d", "2700d", "61m"])
def test_a_duration_is_written_as_it_is_read(text: str) -> None:
    assert written(seconds(text)) == text


def test_a_window_longer_than_the_data_is_warned_of() -> None:
    first = datetime(2024, 5, 1, tzinfo=UTC)
    lasts = (first, first + timedelta(days=28))
    (note,) = too_long(Request(window=90 * 86_400), lasts)
    assert note.startswith("The window of 90 days is longer than the data last: ")
    assert (
        too_long(Request(window=86_400), lasts) == too_long(Request(), lasts) == too_long(Request(window=1), None) == []
    )
