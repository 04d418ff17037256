"""MinHash signatures of texts, cut into bands, in numba: microseconds a text where Python objects take a
millisecond.

Broder 1997 (resemblance by minima of random permutations); Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, section 3.4 (banding): two texts whose sets of 5-grams have the Jaccard similarity J share a band
with the probability 1 - (1 - J^ROWS)^BANDS, which is .02 at J = .3, .40 at .5, .78 at .6, .98 at .7.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

BANDS, ROWS = 32, 6
GRAM = 5  # characters
CHUNK = 100_000  # texts at a time: code points take four bytes each

UInt32s = npt.NDArray[np.uint32]


def bands(texts: pl.Series, seed: int = 1) -> UInt32s:
    """One row a text, one column a band: texts with an equal number in some column are candidates for similarity.

    A text of fewer than 5 characters counts as one gram.
    """
    rng = np.random.default_rng(seed)
    factors = rng.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32) | np.uint32(1)
    shifts = rng.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32)
    result = np.empty((len(texts), BANDS), dtype=np.uint32)
    for start in range(0, len(texts), CHUNK):
        part = texts.slice(start, CHUNK)
        letters = np.frombuffer("".join(part).encode("utf-32-le"), dtype=np.uint32)
        ends = np.cumsum(part.str.len_chars().to_numpy().astype(np.int64))
        _fill(letters, ends, factors, shifts, result[start : start + len(part)])
    return result


@numba.njit(cache=True)
def _mixed(x: np.uint64) -> np.uint64:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): every bit of x moves every bit of the result."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@numba.njit(cache=True)
def _gram(letters: UInt32s, start: int, end: int) -> np.uint32:
    h = np.uint64(0)
    for k in range(start, end):
        h = _mixed(h ^ np.uint64(letters[k]) * np.uint64(0x9E3779B97F4A7C15))
    return np.uint32(h >> np.uint64(32))


@numba.njit(cache=True, parallel=True)
def _fill(letters: UInt32s, ends: npt.NDArray[np.int64], factors: UInt32s, shifts: UInt32s, out: UInt32s) -> None:
    for i in numba.prange(len(ends)):
        begin = ends[i - 1] if i else 0
        least = np.full(len(factors), 0xFFFFFFFF, dtype=np.uint32)
        for start in range(begin, max(begin + 1, ends[i] - GRAM + 1)):
            h = _gram(letters, start, min(start + GRAM, ends[i]))
            for j in range(len(factors)):
                value = np.uint32(factors[j] * h + shifts[j])
                if value < least[j]:
                    least[j] = value
        for band in range(out.shape[1]):
            key = np.uint64(band)
            for j in range(band * ROWS, (band + 1) * ROWS):
                key = _mixed(key ^ np.uint64(least[j]))
            out[i, band] = np.uint32(key)
