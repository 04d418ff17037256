"""A column of texts, made ready for comparing many pairs of its rows."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from campaign_analysis.arrays import codes_of

Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

SIMILAR = 90.0  # rapidfuzz's ratio, per cent
SHORTEST = 5  # letters of a text in which one edit may pass


class Texts:
    """Compares rows of one column by their positions; what is null agrees with nothing."""

    def __init__(self, texts: pl.Series) -> None:
        self._texts = texts.fill_null("")
        self._code = codes_of(self._texts)[1]
        self._length = self._texts.str.len_chars().to_numpy().astype(np.int64)
        self._letters = _letter_sets(self._texts, self._length)

    def equal(self, a: Ints, b: Ints) -> Marks:
        """Whether rows have the same text."""
        return np.asarray((self._code[a] == self._code[b]) & (self._length[a] > 0))

    def near(self, a: Ints, b: Ints) -> Marks:
        """Whether rows' texts are the same, one edit apart or similar.

        One edit is a letter more, less or other, or two swapped, in texts of SHORTEST letters or more; similar is a
        ratio (rapidfuzz's: 1 - insertions and deletions / both lengths) of SIMILAR or more.
        """
        found = self.equal(a, b)
        maybe = np.flatnonzero(~found & self._may_be_near(a, b))
        left, right = (self._texts.gather(side[maybe]).to_list() for side in (a, b))
        ratio = process.cpdist(left, right, scorer=fuzz.ratio, score_cutoff=SIMILAR, dtype=np.float32)
        edits = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        long = np.minimum(self._length[a[maybe]], self._length[b[maybe]]) >= SHORTEST
        found[maybe] = (ratio >= SIMILAR) | (long & (edits <= 1))
        return found

    def _may_be_near(self, a: Ints, b: Ints) -> Marks:
        """No text is near that has too many letters which the other has not: cheap, and leaves out nearly all."""
        la, lb = self._length[a], self._length[b]
        allowed = np.maximum(2, (la + lb) * (100 - SIMILAR) / 100)
        differing = np.bitwise_count(self._letters[a] ^ self._letters[b])
        return np.asarray((la > 0) & (lb > 0) & (np.abs(la - lb) <= allowed) & (differing <= allowed))


def code_points(texts: pl.Series) -> npt.NDArray[np.uint32]:
    """The letters of all texts, one behind the other."""
    return np.frombuffer("".join(texts.to_list()).encode("utf-32-le"), dtype=np.uint32)


def _letter_sets(texts: pl.Series, lengths: Ints) -> npt.NDArray[np.uint64]:
    """The letters of each text as a set of 64 bits, each letter one of them."""
    return _fill_sets(code_points(texts), np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]))


@numba.njit(cache=True)
def _fill_sets(letters: npt.NDArray[np.uint32], start: Ints) -> npt.NDArray[np.uint64]:
    sets = np.zeros(len(start) - 1, dtype=np.uint64)
    for text in range(len(sets)):
        for i in range(start[text], start[text + 1]):
            sets[text] |= np.uint64(1) << np.uint64(letters[i] % 64)
    return sets
