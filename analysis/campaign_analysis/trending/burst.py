"""When a hashtag's burst begins and ends, finer than by the hour.

Of all stretches of ten-minute steps the one that is likeliest: with y acts where e are expected, the one with the
largest y log(y / e) - (y - e) (Kulldorff 1997, the Poisson scan). What is expected is the hashtag's past laid along
everybody's acts; half an act is added to the past, so that a new hashtag has a past as well.
"""

from __future__ import annotations

import numpy as np

from campaign_analysis.arrays import Floats, Ints

STEP = 600  # seconds


def burst(times: Ints, expected: Floats, begin: int) -> tuple[int, int] | None:
    """First moment of the burst and the moment after it, in epoch seconds; None where nothing is above the expected.

    Parameters
    ----------
    times
        The hashtag's acts in the window, epoch seconds.
    expected
        Acts expected in each hour of the window.
    begin
        Epoch seconds of the window's first hour.
    """
    steps = len(expected) * 3600 // STEP
    counts = np.bincount((times - begin) // STEP, minlength=steps)[:steps].astype(np.float64)
    usual = np.repeat(expected, 3600 // STEP) * STEP / 3600
    best, found = 0.0, None
    y_until, e_until = (np.concatenate([[0.0], np.cumsum(part)]) for part in (counts, usual))
    for first in np.flatnonzero(counts):  # a burst begins and ends with an act
        y, e = y_until[first + 1 :] - y_until[first], e_until[first + 1 :] - e_until[first]
        gain = np.where(y > e, y * np.log(np.maximum(y, 1e-9) / np.maximum(e, 1e-9)) - (y - e), 0.0)
        last = int(np.argmax(gain))
        if gain[last] > best + 1e-9:
            best, found = float(gain[last]), (int(first), int(first) + last + 1)
    return None if found is None else (begin + found[0] * STEP, begin + found[1] * STEP)
