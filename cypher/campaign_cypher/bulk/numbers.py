"""The numbers by which the importer knows nodes: far less to write, read and look up than their keys."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_cypher.seen import NONE, Hashes, among


class Numbers:
    """Whole numbers for what has come, in order of arrival: `first`, `first + step`, …; 16 bytes each."""

    def __init__(self, first: int, step: int) -> None:
        self._first, self._step = first, step
        self._known: Hashes = NONE
        self._places: NDArray[np.int64] = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, hashes: pl.Series) -> int:
        """Number those that are new, each of them given once; how many these are."""
        new = hashes.filter(~among(hashes, self._known)).to_numpy()
        order = np.argsort(new)
        at = np.searchsorted(self._known, new[order])
        self._places = np.insert(self._places, at, len(self._known) + order)
        self._known = np.insert(self._known, at, new[order])
        return len(new)

    def of(self, hashes: pl.Series) -> pl.Series:
        """The number of each, null where it has not come."""
        there = among(hashes, self._known)
        if not there.any():
            return pl.Series([None], dtype=pl.Int64).new_from_index(0, len(hashes))
        at = np.minimum(np.searchsorted(self._known, hashes.to_numpy()), len(self._known) - 1)
        numbers = pl.Series(self._first + self._step * self._places[at])
        return pl.select(pl.when(there).then(numbers)).to_series()
