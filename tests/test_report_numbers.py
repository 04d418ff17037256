"""Numbers and times as readers see them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from campaign.reporting.numbers import day, decimal, duration, gap, moment, percent, probability, span, times

NOON = datetime(2016, 3, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("p", "shown"),
    [
        (0.0, "< 10⁻³⁰⁰"),
        (1e-310, "< 10⁻³⁰⁰"),
        (2.14e-9, "2.1 × 10⁻⁹"),
        (9.99e-4, "1.0 × 10⁻³"),
        (0.034, "0.034"),
        (1, "1"),
    ],
)
def test_probability(p: float, shown: str) -> None:
    assert probability(p) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0%"),
        (0.0004, "< 0.1%"),
        (0.004, "0.4%"),
        (0.734, "73%"),
        (0.9999, "99.9%"),  # one that is missing is not none
        (1.0, "100%"),
        (1.2, "100%"),
    ],
)
def test_percent(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (0.0000021, "2.1 × 10⁻⁶"), (0.214, "0.21"), (3.0, "3"), (1234.4, "1,234")]
)
def test_decimal(value: float, shown: str) -> None:
    assert decimal(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "at the same time"),
        (-1, "1 second apart"),
        (119, "119 seconds apart"),
        (660, "11 min apart"),
        (740, "12 min 20 s apart"),
        (10_800, "3 h apart"),
        (11_100, "3 h 5 min apart"),
    ],
)
def test_gap(seconds: float, shown: str) -> None:
    assert gap(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (90, "90 seconds"),
        (1800, "30 minutes"),
        (129_600, "36 hours"),
        (86_400, "1 day"),
    ],
)
def test_duration(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


def test_times_are_utc_and_english_whatever_the_machine_says() -> None:
    there = datetime.fromisoformat("2016-03-23T01:00:07+05:30")
    assert moment(there) == "22 Mar 2016, 19:30:07"
    assert span(NOON, there) == "22 Mar 2016, 12:00 – 19:30:07 UTC"
    assert span(NOON, NOON.replace(day=24)) == "22 Mar 2016, 12:00 – 24 Mar 2016, 12:00 UTC"
    assert (day(None), moment(None), span(None, NOON)) == ("–", "–", "–")
    assert day(datetime(2016, 3, 22)) == "22 Mar 2016"  # without a zone: taken as UTC


@pytest.mark.parametrize(("number", "shown"), [(1, "once"), (2, "twice"), (3, "3 times"), (1200, "1,200 times")])
def test_times(number: int, shown: str) -> None:
    assert times(number) == shown
