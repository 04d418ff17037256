"""The data's clock, and what it cannot show: many archives keep minutes, some only every fifth one, or hours."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from campaign_analysis.arrays import Ints, blocks
from campaign_analysis.rows import SECOND

MINUTE = 60 * SECOND  # clocks from here on are told
COARSE = tuple(m * MINUTE for m in (1440, 720, 360, 180, 120, 60, 30, 20, 15, 10, 5, 2))
USUAL = (MINUTE, SECOND, 1)
HALF, MOST = 0.5, 0.6  # every second tick of a clock is a multiple of twice its tick: of coarse ones more is wanted


def clock_of(time: Ints) -> int:
    """The coarsest usual tick (ms) of which half of the times or more are multiples: many archives only keep minutes.

    Half, not all: a few posts with seconds beside an archive of minutes do not make its coincidences any rarer.
    """
    clock = next((c for c in USUAL if len(time) and _multiples(time, c) >= HALF * len(time)), 1)
    if clock < MINUTE:
        return clock
    return next((c for c in COARSE if _multiples(time, c) >= MOST * len(time)), MINUTE)


def clock_note(times: Sequence[Ints], windows: Collection[int]) -> str | None:
    """What these times (epoch ms) cannot show at windows of so many seconds; None on a clock of seconds."""
    clock = clock_of(np.concatenate(times)) if times else 1
    if clock < MINUTE:
        return None
    tick = clock // SECOND
    at = [f"a window of {tick} s means the same time or the next possible one"] if tick in windows else []
    at += [f"a window of less than {tick} s means the same time"] if min(windows) < tick else []
    told = f"Most times of this data are multiples of {tick} s: nothing faster can be seen."
    return f"{told} On this clock {'; '.join(at)}." if at else told


def _multiples(time: Ints, tick: int) -> int:
    return sum(int(np.count_nonzero(time[part] % tick == 0)) for part in blocks(len(time)))
