"""Work in parts over the cores: told how far it is, and stopped between two parts by Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from time import monotonic
from typing import TypeVar

import numpy as np

from campaign_analysis.arrays import Ints

THREADS = os.cpu_count() or 1
SMALL = 100_000  # steps that are not worth a thread
PART = 40_000_000  # steps of a part at most, of some ten nanoseconds each: so long Ctrl-C may wait
QUIET = 5.0  # seconds between two words on how far it is

Say = Callable[[str], None]
Share = tuple[int, int]
Result = TypeVar("Result")


def silent(_: str) -> None:
    """Say nothing."""


def shares(cost: Ints) -> list[Share]:
    """Ranges [first, last) of about equal cost: two for each thread, unless that is SMALL, and none much over PART."""
    total = np.cumsum(cost)
    if not len(total) or total[-1] == 0:
        return []
    parts = max(min(2 * THREADS, int(total[-1]) // SMALL + 1), int(total[-1]) // PART + 1)
    inner = np.searchsorted(total, np.arange(1, parts) * (int(total[-1]) / parts))
    bounds = np.unique(np.concatenate(([0], inner, [len(cost)])))
    return list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))


def in_parts(
    work: Callable[[Share], Result], parts: Sequence[Share], say: Say = silent, what: str = ""
) -> Iterator[Result]:
    """The results of `work` on each part, as they come; long work says every few seconds how far `what` is.

    Few results wait to be taken, so that they need no memory. The first error, or Ctrl-C, drops the parts that have
    not begun.
    """
    if len(parts) == 1:
        yield work(parts[0])
        return
    pool = ThreadPoolExecutor(THREADS)
    told, ahead = monotonic(), iter(parts)
    running = {pool.submit(work, part) for part in islice(ahead, THREADS + 1)}
    done = 0
    try:
        while running:
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ready:
                done += 1
                running |= {pool.submit(work, part) for part in islice(ahead, 1)}
                yield future.result()
            if monotonic() - told > QUIET and done < len(parts):
                told = monotonic()
                say(f"{what}: {done / len(parts):.0%} done")
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
