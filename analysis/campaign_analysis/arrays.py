"""Arrays of codes: their types, and sorting. A key of one number is sorted ten times as fast as rows are."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Marks = NDArray[np.uint32]

BLOCK = 1 << 16  # rows of a stretch


def codes_of(names: pl.Series) -> tuple[pl.Series, Codes]:
    """The sorted names, and each row's position among them; no name may be null."""
    if names.is_empty():
        return names, np.empty(0, dtype=np.int32)
    if not isinstance(names.dtype, pl.Categorical):
        names = names.cast(pl.Categorical(pl.Categories.random()))
    label = names.to_physical().to_numpy()
    row = np.full(int(label.max()) + 1, -1, dtype=np.int32)
    for part in blocks(len(label)):
        row[label[part]] = np.arange(part.start, part.stop, dtype=np.int32)  # any row with the label
    used = np.flatnonzero(row >= 0)
    known = names.gather(row[used]).cast(pl.String)
    order = known.arg_sort().to_numpy()
    place = np.empty(len(row), dtype=np.int32)
    place[used[order]] = np.arange(len(used), dtype=np.int32)
    return known.gather(order), place[label]


def dense(values: np.ndarray) -> tuple[Ints, Codes]:
    """The distinct values, ascending, and each row's position among them.

    Values that lie close are looked up in a table of all between the least and the greatest; gaps may be centuries.
    """
    if not len(values):
        return values.astype(np.int64), values.astype(np.int32)
    least, most = int(values.min()), int(values.max())
    if most - least > 4 * len(values):
        known, inverse = np.unique(values, return_inverse=True)
        return known.astype(np.int64), inverse.astype(np.int32)
    shifted = values - least
    there = np.zeros(most - least + 1, dtype=np.bool_)
    there[shifted] = True
    place: Codes = (np.cumsum(there) - 1).astype(np.int32)
    known = (np.flatnonzero(there) + least).astype(np.int64)
    return known, place[shifted]


def blocks(n: int) -> Iterator[slice]:
    """Stretches of n rows: what is computed of one at a time needs hardly any memory, and finds it near."""
    return (slice(first, min(first + BLOCK, n)) for first in range(0, n, BLOCK))


def fits(*sizes: int) -> bool:
    """Whether a number for each combination of codes, of which there are so many, fits into 63 bits."""
    return math.prod(max(size, 1) for size in sizes) < 1 << 63


def edges(*columns: np.ndarray) -> np.ndarray:
    """Which rows differ from the one before; the first does."""
    edge = np.zeros(len(columns[0]), dtype=np.bool_)
    edge[:1] = True
    for column in columns:
        edge[1:] |= column[1:] != column[:-1]
    return edge
