"""What the data's clock cannot show: many archives keep minutes, some only every fifth one, or hours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from campaign_analysis.arrays import Ints
from campaign_analysis.events import SECOND, clock_of
from campaign_analysis.sessions import Scale

MINUTE = 60 * SECOND  # clocks from here on are told
TICKS = tuple(m * MINUTE for m in (1440, 720, 360, 180, 120, 60, 30, 20, 15, 10, 5, 2, 1))
NEARLY = (
    0.9  # of the times that are whole minutes: of those of a clock every second one is a multiple of twice its tick
)


def clock_note(times: Sequence[Ints], scales: Sequence[Scale]) -> str | None:
    """What these times (epoch ms) cannot show at these scales, or None where their clock is finer than a minute."""
    every = np.concatenate(times) if times else np.empty(0, np.int64)
    if clock_of(every) < MINUTE:
        return None
    tick, windows = _tick(every[every % MINUTE == 0]) // SECOND, {s.window for s in scales}
    at = [f"a window of {tick} s means the same time or the next possible one"] if tick in windows else []
    at += [f"a window of less than {tick} s means the same time"] if min(windows) < tick else []
    told = f"Most times of this data are multiples of {tick} s: nothing faster can be seen."
    return f"{told} On this clock {'; '.join(at)}." if at else told


def _tick(whole: Ints) -> int:
    """The coarsest tick of which nearly all of these times, whole minutes, are multiples."""
    return next(t for t in TICKS if np.count_nonzero(whole % t == 0) >= NEARLY * len(whole))
