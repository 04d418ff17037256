"""Pairs of rows of different accounts on one object within the window: nothing collapsed, no blocks, no test.

What coordination_network_toolkit counts. Without compiled code, which takes longer to load than this takes to count.
"""

from __future__ import annotations

import numpy as np

from campaign_analysis.arrays import Ints, blocks, edges, fits
from campaign_analysis.errors import AnalysisError
from campaign_analysis.events import Events


def count_row_pairs(events: Events, window: int) -> int:
    """Unordered pairs of events of different accounts on one object at most `window` milliseconds apart.

    All pairs less those of one account. Raises AnalysisError where the window is too long for so many events.
    """
    if not len(events):
        return 0
    clock = _one_clock(events, window)
    length = int(clock[-1]) + window + 1
    if not fits(len(events.accounts), length):
        raise AnalysisError(f"a window of {window} ms is too long for {len(events):,} events: give a shorter one")
    everybody = _pairs_near(clock, window)
    for part in blocks(len(clock)):
        clock[part] += events.account[part] * np.int64(length)  # now one account's clock after the other's
    clock.sort()
    return everybody - _pairs_near(clock, window)


def _one_clock(events: Events, window: int) -> Ints:
    """One clock for all objects, one after the other: what is further apart than the window stays so."""
    passed = np.zeros(len(events), dtype=np.int64)
    np.subtract(events.time[1:], events.time[:-1], out=passed[1:])
    passed[edges(events.object)] = window + 1
    np.minimum(passed, window + 1, out=passed)
    return np.cumsum(passed, out=passed)


def _pairs_near(times: Ints, window: int) -> int:
    """Pairs of sorted times at most `window` apart."""
    n = len(times)
    before = sum(int(np.searchsorted(times, times[part] - window).sum()) for part in blocks(n))
    return n * (n - 1) // 2 - before
