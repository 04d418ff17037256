"""Which stretch of time a chart shows, and in bins of what width."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
_CLOSER = (3600, 600, 60, 10)  # fit for a week, a day, an hour and some minutes
_WEEK = 7 * 86_400
_MINUTE = 60_000
BINS = 200  # at most; as many as a reader can tell apart
FOCUS = 0.98  # the part of the posts that the close-up shows


@dataclass(frozen=True)
class Scale:
    """A stretch of time in equal bins. All in epoch milliseconds; `end` is not in it."""

    start: int
    end: int
    width: int

    @property
    def seconds(self) -> int:
        """Width of a bin in seconds."""
        return self.width // 1000


def whole(times: pl.Series) -> Scale:
    """The stretch from the first to the last of the times (epoch ms; at least one)."""
    return _scale(_integer(times.min()), _integer(times.max()), _clock(times))


def close_up(times: pl.Series) -> Scale | None:
    """The stretch that holds the middle 98% of the times, where it is less than a quarter of the whole."""
    edge = (1 - FOCUS) / 2
    low = _integer(times.quantile(edge, "nearest"))
    high = _integer(times.quantile(1 - edge, "nearest"))
    if (high - low) * 4 >= _integer(times.max()) - _integer(times.min()):
        return None
    return _scale(low, high, _clock(times))


def finer(times: pl.Series, coarse: Scale) -> list[Scale]:
    """The same stretch in steps of an hour, ten minutes, a minute and ten seconds, as far as these are finer.

    Nothing is finer than the clock of the times.
    """
    widths = (seconds * 1000 for seconds in _CLOSER)
    return [_aligned(coarse, width) for width in widths if _clock(times) <= width < coarse.width]


def _aligned(scale: Scale, width: int) -> Scale:
    return Scale(scale.start // width * width, -(-scale.end // width) * width, width)


def _scale(first: int, last: int, finest: int) -> Scale:
    width = _width((last - first) / BINS, finest)
    start = first // width * width
    return Scale(start, (last // width + 1) * width, width)


def _width(least: float, finest: int) -> int:
    for seconds in _SECONDS:
        if seconds * 1000 >= max(least, finest):
            return seconds * 1000
    week = _WEEK * 1000
    return week * max(1, -int(-least // week))


def _clock(times: pl.Series) -> int:
    """The finest width that the times allow: a clock of minutes shows nothing under a minute."""
    return _MINUTE if bool((times % _MINUTE == 0).all()) else 1000


def _integer(value: object) -> int:
    assert isinstance(value, int | float)  # noqa: S101 (the type of a polars scalar)
    return int(value)
