"""What is said of the data's clock: the one that it has, not a finer one of which its times are multiples as well."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from campaign_analysis.background import uniform_chance
from campaign_analysis.clock import clock_note, clock_of
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.edges import find_edges
from campaign_analysis.sessions import Scale

MINUTE, FIVE, HOUR, DAY = 60, 300, 3600, 86_400


def times(tick: int, number: int = 500) -> np.ndarray:
    """Times on a clock of so many seconds (epoch ms)."""
    ticks = np.random.default_rng(7).integers(0, max(100, 60 * DAY // tick), number)
    return np.asarray(ticks * tick * 1000, dtype=np.int64)


@pytest.mark.parametrize("tick", [60, 120, 300, 600, 900, 1800, 3600, 21_600, DAY])
def test_the_clock_that_the_data_have_is_told(tick: int) -> None:
    assert f"multiples of {tick} s:" in (clock_note([times(tick)], [MINUTE]) or "")


@pytest.mark.parametrize("tick", [1, 7, 20])
def test_nothing_is_said_of_a_clock_with_seconds(tick: int) -> None:
    assert clock_note([times(tick)], [MINUTE, FIVE]) is None


def test_nothing_is_said_where_there_are_no_times() -> None:
    assert clock_note([], []) is None


def test_half_of_the_times_are_enough_and_all_layers_are_taken_together() -> None:
    few = times(3600, 5)
    assert "multiples of 60 s" in (clock_note([few, times(60), times(1, 300)], [MINUTE]) or "")
    assert clock_note([few, times(60), times(1, 600)], [MINUTE]) is None


def test_what_windows_mean_on_such_a_clock_is_told() -> None:
    assert (clock_note([times(60)], [MINUTE, FIVE]) or "").endswith(
        "nothing faster can be seen. On this clock a window of 60 s means the same time or the next possible one."
    )
    assert (clock_note([times(300)], [MINUTE, FIVE]) or "").endswith(
        "a window of 300 s means the same time or the next possible one; a window of less than 300 s means the same "
        "time."
    )
    assert (clock_note([times(60)], [HOUR]) or "").endswith("nothing faster can be seen.")


def test_on_the_true_clock_two_uniform_times_meet_oftener() -> None:
    """A window of a minute means the same five minutes, of which half an hour has six."""
    clock = clock_of(times(300))
    assert clock == 300_000
    assert uniform_chance(60, 1800, clock / 1000) == pytest.approx(1 / 6)


def test_a_few_posts_with_many_tags_tell_no_clock() -> None:
    """Shops that post on the hour with thirty tags: most events, and a tenth of the posts."""
    shops = [(f"shop{i % 9}", f"tag{n}", int(t)) for i, t in enumerate(times(3600, 50)) for n in range(30)]
    people = [(f"a{i % 99}", f"tag{i % 7}", int(t)) for i, t in enumerate(times(1, 450))]
    frame = pl.DataFrame([*shops, *people], {"account": pl.String, "object": pl.String, "time": pl.Int64}, orient="row")
    assert clock_of(frame["time"].to_numpy()) == HOUR * 1000
    layer = LayerInput("hashtag", frame, (Scale(MINUTE, 1800),))
    assert layer.acts.clock < 60_000
    assert detect([layer]).notes == ()
    assert find_edges("hashtag", frame, layer.scales, 0.01).clock < 60_000
