"""Counters of accounts in time (followers, following): glitches out, one value a day, gains from day to day.

Counters that platforms report jump and jump back (27,950, 0, 27,950). A value is a glitch where it lies far from the
last good one and the counter is back near that within `BACK` observations. Glitches are named and left out: they fake
leaps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign_analysis.arrays import Floats, Ints

FAR = 0.5  # share by which a value differs from the last good one to be looked at
SMALL = 50  # differences under it are nothing
NEAR = 0.1  # share within which the counter is back
BACK = 50  # observations within which it must be back
DAY = 86_400_000


@dataclass(frozen=True)
class Glitch:
    """A value that came and went: when (epoch ms), the good value before it, and what was reported."""

    at: int
    before: int
    shown: int


def without_glitches(at: Ints, value: Ints) -> tuple[Ints, Ints, list[Glitch]]:
    """Times and values, in order of time, that are good, and the glitches."""
    good = np.ones(len(value), dtype=np.bool_)
    if not (np.abs(np.diff(value)) > np.maximum(SMALL, FAR * np.maximum(value[1:], value[:-1]))).any():
        return at, value, []
    found: list[Glitch] = []
    level, start = (_first(value), 0) if len(value) else (0, 0)
    for i in range(start, len(value)):
        if not _far(int(value[i]), level):
            level = int(value[i])
            continue
        later = value[i + 1 : i + 1 + BACK]
        if (np.abs(later - level) <= max(SMALL, NEAR * level)).any():
            good[i] = False
            if not found or good[i - 1] or found[-1].shown != value[i]:
                found.append(Glitch(int(at[i]), level, int(value[i])))
        else:
            level = int(value[i])
    return at[good], value[good], found


def _first(value: Ints) -> int:
    """The level to begin with: the first value, or where that is left and comes back, the middle of the first nine."""
    level, early = int(value[0]), value[:BACK]
    away = np.array([_far(int(v), level) for v in early])
    comes_back = away.any() and not away[int(away.argmax()) :].all()
    return int(np.sort(value[:9])[len(value[:9]) // 2]) if comes_back else level


def _far(value: int, level: int) -> bool:
    return abs(value - level) > max(SMALL, FAR * max(level, value))


def daily_gains(at: Ints, value: Ints, begin: int, days: int) -> Floats | None:
    """What was gained on each of `days` days from `begin` (epoch ms); losses count as none.

    Days without an observation share the gain between those around them. None under two observed days.
    """
    day = (at - begin) // DAY
    inside = (day >= 0) & (day < days)
    day, value = day[inside], value[inside]
    if not len(day):
        return None
    last = np.flatnonzero(np.append(day[1:] != day[:-1], True))
    known, level = day[last], value[last].astype(np.float64)
    if len(known) < 2:
        return None
    filled = np.interp(np.arange(known[0], known[-1] + 1), known, level)
    return np.asarray(np.maximum(np.diff(filled), 0.0))
