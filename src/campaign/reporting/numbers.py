"""Numbers and times as readers see them; independent of the machine's language and time zone."""

from __future__ import annotations

import math
from datetime import UTC, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
SMALLEST_P = 1e-300  # below it doubles lose their digits


def probability(p: float) -> str:
    """`0.034`, `2.1 × 10⁻⁹`, `< 10⁻³⁰⁰`."""
    if p < SMALLEST_P:
        return "< 10⁻³⁰⁰"
    if p >= 0.001:
        return f"{p:.2g}" if p < 1 else "1"
    digits, exponent = f"{p:.1e}".split("e")
    return f"{digits} × 10{str(int(exponent)).translate(_RAISED)}"


def strength(p: float) -> float:
    """−log₁₀ p, at most 300."""
    return -math.log10(max(p, SMALLEST_P))


def decimal(value: float) -> str:
    """An expected number of episodes: two significant digits under ten, whole numbers above."""
    return f"{value:,.0f}" if value >= 10 else probability(value) if 0 < value < 0.001 else f"{value:.2g}"


def times(number: int) -> str:
    """`once`, `twice`, `12 times`."""
    return {1: "once", 2: "twice"}.get(number) or f"{number:,} times"


def written_out(value: float) -> str:
    """`17`, `1.8`, `0.00000071`: as `decimal`, without powers of ten."""
    if not 0 < value < 0.001:
        return decimal(value)
    return f"{value:.{1 - math.floor(math.log10(value))}f}".rstrip("0")


def percent(share: float) -> str:
    """`73%`, `0.4%`, `< 0.1%`, `0%`; never 100% nor 0% where a part is missing or there."""
    value = share * 100
    if value <= 0 or value >= 100:
        return f"{max(0, min(100, value)):.0f}%"
    if value < 0.1:
        return "< 0.1%"
    return f"{min(value, 99.9):.1f}%" if value < 1 or value > 99 else f"{value:.0f}%"


def day(time: datetime | None) -> str:
    """`22 Mar 2016` (UTC); a dash where the time is not known."""
    if time is None:
        return "–"
    utc = _utc(time)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}"


def moment(time: datetime | None) -> str:
    """`22 Mar 2016, 12:51`, with seconds where there are any (UTC); a dash where the time is not known."""
    if time is None:
        return "–"
    return f"{day(time)}, {_utc(time).strftime('%H:%M:%S' if time.second else '%H:%M')}"


def span(first: datetime | None, last: datetime | None) -> str:
    """`22 Mar 2016, 12:10 – 14:32 UTC`: the second day only where it differs."""
    if first is None or last is None:
        return "–"
    same = day(first) == day(last)
    end = moment(last).split(", ")[1] if same else moment(last)
    return f"{moment(first)} – {end} UTC"


def duration(seconds: float) -> str:
    """`10 minutes`, `1 hour`, `36 hours`, `0 seconds`: in the largest unit that divides it."""
    whole = round(seconds)
    for size, unit in _UNITS:
        if whole % size == 0 and whole >= size:
            number = whole // size
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return "0 seconds"


def gap(seconds: float) -> str:
    """A distance in time: `at the same time`, `9 seconds apart`, `12 min 20 s apart`, `3 h apart`."""
    whole = round(abs(seconds))
    minutes, hours = whole // 60, whole // 3600
    if whole == 0:
        return "at the same time"
    if whole < 120:
        return f"{whole} second{'' if whole == 1 else 's'} apart"
    large, small = (f"{hours} h", f"{minutes % 60} min") if hours else (f"{minutes} min", f"{whole % 60} s")
    return f"{large} apart" if small.startswith("0 ") else f"{large} {small} apart"


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
