"""The data's clock, and what it cannot show: many archives keep minutes, some only every fifth one, or hours."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from campaign_analysis.arrays import Ints, blocks
from campaign_analysis.rows import SECOND

MINUTE = 60 * SECOND  # clocks from here on are told
HALF = 0.5
USUAL = (MINUTE, SECOND, 1)
COARSE = {  # ticks and the share wanted of them: of any clock every second tick is a multiple of twice its tick
    minutes * MINUTE: 0.6 if minutes in (60, 1440) else 0.9
    for minutes in (1440, 720, 360, 180, 120, 60, 30, 20, 15, 10, 5, 2)
}


def clock_of(time: Ints) -> int:
    """The coarsest usual tick (ms) of which half of the times or more are multiples: many archives only keep minutes.

    Half, not all: a few posts with seconds beside an archive of minutes do not make its coincidences any rarer. Hours
    and days want six in ten, other ticks above a minute nine: of a few times many are multiples of two minutes by luck.
    """
    if not len(time):
        return 1
    clock = next(c for c in USUAL if _multiples(time, c) >= HALF * len(time))
    if clock < MINUTE:
        return clock
    return next((c for c, share in COARSE.items() if _multiples(time, c) >= share * len(time)), MINUTE)


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
