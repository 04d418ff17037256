"""Remembering what has come already, as 64-bit hashes: 8 bytes each, whatever the key."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
"""Sorted hashes of this process: `pl.Series.hash` or `pl.DataFrame.hash_rows`."""

NONE: Hashes = np.empty(0, np.uint64)


def among(hashes: pl.Series, known: Hashes) -> pl.Series:
    """Which hashes are among the known."""
    if not len(known):
        return pl.repeat(False, len(hashes), eager=True)
    values = hashes.to_numpy()
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return pl.Series(known[places] == values)


def joined(known: Hashes, hashes: pl.Series) -> Hashes:
    """The known and further hashes, sorted."""
    new = np.sort(hashes.to_numpy())
    return np.insert(known, np.searchsorted(known, new), new)
