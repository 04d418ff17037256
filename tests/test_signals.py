"""Signals about accounts: what every one has, how the panel is corrected, and what is said of it."""

from __future__ import annotations

import pkgutil
from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from campaign_analysis import signals
from campaign_analysis.account_frames import PROFILES
from campaign_analysis.errors import AnalysisError
from campaign_analysis.panel import corrected, panel
from campaign_analysis.rhythm import quiet_hours
from campaign_analysis.signal_results import SignalResult
from campaign_analysis.simulation.quiet import framed
from campaign_cypher import queries
from campaign_cypher.frames import POLARS_TYPES
from small_graph import at

from campaign.signal_words import NOT_POSTING, panel_sentences

EVERY = signals.every()


def test_signals_are_found_by_their_files() -> None:
    assert list(EVERY) == sorted(m.name for m in pkgutil.iter_modules(signals.__path__))
    with pytest.raises(AnalysisError, match="born"):
        signals.named("bornn")


@pytest.mark.parametrize("signal", EVERY.values(), ids=lambda signal: signal.name)
def test_a_signal_says_what_it_is_and_what_fills_its_frames(signal: signals.Signal) -> None:
    for said in (signal.meaning, signal.supports):
        assert said.endswith(".")
    assert signal.title and signal.source
    for frame in signal.needs:
        query = queries.get(f"signals/{frame.name}")
        assert {p.name for p in query.parameters} <= {"accounts", "since", "until"}
        assert {f.name: POLARS_TYPES.get(f.kind) for f in query.fields if f.kind in POLARS_TYPES} == {
            name: dtype for name, dtype in frame.columns.items() if not isinstance(dtype, pl.List)
        }


@pytest.mark.parametrize("signal", EVERY.values(), ids=lambda signal: signal.name)
def test_without_data_a_signal_says_what_is_wanting(signal: signals.Signal) -> None:
    nothing = {frame.name: frame.empty() for frame in signal.needs}
    result = signal.look(signals.Asked(frozenset({"x:1", "x:2"}), nothing))
    assert result.signal == signal.name
    assert result.untried
    assert (result.p, result.seen) == (None, ())
    assert not result.speaks


def test_the_panel_is_corrected_by_holms_rule_for_what_was_tested() -> None:
    given = [SignalResult(str(p), p=p) for p in (0.03, 0.001, 0.04, 0.005)] + [SignalResult("no", untried="no data")]
    after = [r.corrected for r in corrected(given)]
    assert after == pytest.approx([0.06, 0.004, 0.06, 0.015, None])
    assert [r.speaks for r in corrected(given)] == [False, True, False, False, False]


def test_a_panel_without_any_data_has_all_signals_and_none_speaks() -> None:
    frames = {frame.name: frame.empty() for signal in EVERY.values() for frame in signal.needs}
    results = panel(signals.Asked(frozenset({"x:1"}), frames))
    assert [r.signal for r in results] == list(EVERY)
    (only,) = panel_sentences(results)
    assert only.startswith("Not tried for want of data: ")


def test_words_say_which_speak() -> None:
    given = corrected([SignalResult("born", p=1e-6), SignalResult("other", p=0.5)])
    assert panel_sentences(given) == [
        "Of 2 signals about its accounts that could be tested, Made together speaks.",
        f"Made together: Luck alone would show as much in 1 in 500 thousand groups. {EVERY['born'].supports}",
        NOT_POSTING,
    ]
    assert "says nothing of whether luck made them post together" in NOT_POSTING  # it stood behind the group's figure
    assert panel_sentences(corrected([SignalResult("born", p=0.2)])) == [
        "Of 1 signal about its accounts that could be tested, none speaks."
    ]
    assert panel_sentences(()) == []


@pytest.mark.parametrize("minutes", [0, 30, 45])
def test_clocks_of_half_and_quarter_hours_have_whole_nights(minutes: int) -> None:
    """Awake from seven to two by clocks that are 5:00, 5:30 and 5:45 before UTC: five quiet hours in each."""
    day = np.arange(7 * 60, 26 * 60, 10) - (5 * 60 + minutes)
    times = np.sort(np.concatenate([(day + 1440 * number) * 60_000 for number in range(1, 8)]))
    begin, share = quiet_hours(times)
    assert share == 0
    assert begin == pytest.approx((2 - 5 - minutes / 60) % 24, abs=0.26)


@pytest.mark.parametrize("offset", [0, 18.5])
def test_dates_without_a_time_of_day_have_no_hour(offset: float) -> None:
    """Midnight by UTC or by another clock: twelve made on one date are a lot, but nobody knows in which hour."""
    made = [at(0).replace(hour=0) + timedelta(days=60 * i, hours=offset) for i in range(30)]
    lot = [at(0).replace(hour=0) + timedelta(days=1000, hours=offset)] * 12
    others = [at(0).replace(hour=0) + timedelta(days=7 * i, hours=offset) for i in range(200)]
    timed = [at(0) + timedelta(days=1000, minutes=i) for i in range(12)]
    for lots, known in ((lot, False), (timed, True)):
        dates = [*lots, *made, *others]
        frame = framed(PROFILES, account=[f"x:{i}" for i in range(len(dates))], platform=["x"] * 242, created_at=dates)
        group = frozenset(f"x:{i}" for i in range(42))
        result = signals.named("born").look(signals.Asked(group, {PROFILES.name: frame}))
        assert result.speaks
        assert ("within the hour" in result.seen[0].what) == known
        assert f"{30 if known else 42} of 42 dates have no time of day" in result.notes
