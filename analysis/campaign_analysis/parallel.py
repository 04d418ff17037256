"""Work in parts or side by side over the cores: told how far it is, and stopped between two parts by Ctrl-C."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import ContextVar, copy_context
from itertools import islice
from threading import Event
from time import monotonic
from typing import TypeVar, cast

import numpy as np

from campaign_analysis.arrays import Ints

THREADS = os.cpu_count() or 1
SMALL = 100_000  # steps that are not worth a thread
PART = 40_000_000  # steps of a part at most, of some ten nanoseconds each: so long Ctrl-C may wait
ARENA_MAX = -8  # M_ARENA_MAX of mallopt(3)
HEARING = 0.2  # seconds after which Ctrl-C is heard at the latest while all work is done in other threads
QUIET = 5.0  # seconds between two words on how far it is

Say = Callable[[str], None]
Share = tuple[int, int]
Item = TypeVar("Item")
Result = TypeVar("Result")
Other = TypeVar("Other")

with suppress(AttributeError, OSError, TypeError):  # one heap for all threads, where the C library is glibc: else each
    ctypes.CDLL(None).mallopt(ARENA_MAX, 1)  # keeps what it frees to itself, and ten steps in turn hold it ten times

STOPS: ContextVar[tuple[Event, ...]] = ContextVar("STOPS", default=())  # what this work is to end by


class StoppedError(Exception):
    """Work that ends because what ran beside it failed, or because of Ctrl-C: nobody sees it."""


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
    told, ahead, done = monotonic(), iter(parts), 0
    try:  # from the first part on: a thread that nobody tells to end would keep the program from ending
        running = {pool.submit(work, part) for part in islice(ahead, THREADS + 1)}
        while running:
            if any(stop.is_set() for stop in STOPS.get()):
                raise StoppedError
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


def each(work: Callable[[Share], None], parts: Sequence[Share]) -> None:
    """Do `work` on each part: what it fills in is no other part's."""
    for _ in in_parts(work, parts):
        pass


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item], threads: int = THREADS) -> list[Result]:
    """The results of `work` on each item, in order, of which so many are worked on at once.

    For long steps that leave the interpreter alone most of the time. The first error, or Ctrl-C, drops the items that
    have not begun and stops the others between two of their parts.
    """
    if min(len(items), threads) < 2:
        return [work(item) for item in items]
    stop, pool = Event(), ThreadPoolExecutor(threads)
    before = STOPS.set((*STOPS.get(), stop))
    try:
        futures = [pool.submit(copy_context().run, work, item) for item in items]
        left = set(futures)
        while left:
            done, left = wait(left, HEARING, FIRST_EXCEPTION)
            for future in done:
                future.result()
        return [future.result() for future in futures]
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
        STOPS.reset(before)


def both(one: Callable[[], Result], other: Callable[[], Other], size: int) -> tuple[Result, Other]:
    """The results of two independent steps over `size` events, side by side unless that is SMALL."""
    first, second = side_by_side(lambda work: work(), (one, other), THREADS if size > SMALL else 1)
    return cast("Result", first), cast("Other", second)
