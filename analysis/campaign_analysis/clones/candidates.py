"""Which profiles are compared at all: those that share a block. All pairs of a million would be half a trillion.

A block is a set of profiles with the same key. Names and handles that are one edit apart (a letter more,
less or other, two swapped) share a key of their deletion neighbourhood: the text itself and all texts with one
letter less (Bocek, Hunt and Stiller 2007; the idea behind SymSpell). Bios share one of their halves; avatars their
hash. In a small block everybody is compared with everybody; in a large one with its oldest few, for a block of a
hundred copies has one original.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.clones.texts import SHORTEST, Texts, code_points

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

BLOCK = 30  # profiles in a block whose members are all compared
NAMESAKES = 12  # the same where the block is a name: more bearers make a name too common to say anything by itself
OLDEST = 5  # of a larger block, those with whom everybody in it is compared

PAIRS = {"a": pl.Int64, "b": pl.Int64}


def pairs(keyed: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows that are worth comparing, as PAIRS with a < b, each once.

    Parameters
    ----------
    keyed
        Profiles as `keys.keyed` leaves them, with `avatar`, the oldest first: of a large block the first are compared.
    names
        Pairs of names that are near, as `near_names` gives them.
    """
    blocks = [
        _blocks(keyed["handle_core"]),
        _blocks(keyed["avatar"]),
        _blocks(keyed["bio"]),
        *(_blocks(half) for half in _halves(keyed["bio"])),
    ]
    found = [_within(key, row, BLOCK) for key, row in [_neighbours(keyed["handle_key"]), *blocks]]
    found.append(_within(*_blocks(keyed["name_key"]), NAMESAKES))
    found.append(_across(keyed["name_key"], names))
    code = _distinct(np.concatenate(found))
    return pl.DataFrame({"a": code >> 32, "b": code & 0xFFFFFFFF}, schema=PAIRS)


def near_names(keys: pl.Series) -> pl.DataFrame:
    """Pairs of different texts (left, right) that are near (`Texts.near`) and one edit apart, each once."""
    known = keys.drop_nulls().unique().sort()
    code = _distinct(_within(*_neighbours(known), BLOCK))
    a, b = code >> 32, code & 0xFFFFFFFF
    near = Texts(known).near(a, b)
    return pl.DataFrame({"left": known.gather(a[near]), "right": known.gather(b[near])})


def _blocks(keys: pl.Series) -> tuple[Hashes, Ints]:
    """Hash of each row's key, and the row; rows without a key are left out."""
    row = np.flatnonzero(keys.is_not_null().to_numpy())
    return keys.gather(row).hash().to_numpy(), row


def _halves(bio: pl.Series) -> list[pl.Series]:
    """The first and the second half of each bio's words: a bio copied with a change keeps one of them."""
    words = bio.str.split(" ")
    half = words.list.len() // 2
    frame = pl.DataFrame({"words": words, "half": half}).with_columns(
        first=pl.col("words").list.head("half").list.join(" "),
        second=pl.col("words").list.slice("half").list.join(" "),
    )
    return [frame[side].set(frame[side].str.len_chars().fill_null(0) < SHORTEST, None) for side in ("first", "second")]


def _neighbours(keys: pl.Series) -> tuple[Hashes, Ints]:
    """Hashes of the deletion neighbourhood of each text of SHORTEST letters or more, and the row of each hash."""
    row = np.flatnonzero((keys.str.len_chars().fill_null(0) >= SHORTEST).to_numpy())
    texts = keys.gather(row)
    lengths = texts.str.len_chars().to_numpy().astype(np.int64)
    hashes = _deletions(code_points(texts), np.concatenate([[0], np.cumsum(lengths)]))
    return hashes, np.repeat(row, lengths + 1)


_BASE = np.uint64(0x9E3779B97F4A7C15)


@numba.njit(cache=True)
def _deletions(letters: np.ndarray, start: Ints) -> Hashes:
    """For each text its polynomial hash, and that of the text without each one of its letters."""
    texts = len(start) - 1
    hashes = np.empty(len(letters) + texts, dtype=np.uint64)
    place = 0
    for text in range(texts):
        whole = np.uint64(0)
        for i in range(start[text], start[text + 1]):
            whole = whole * _BASE + np.uint64(letters[i]) + np.uint64(1)
        hashes[place] = whole
        place += 1
        for left_out in range(start[text], start[text + 1]):
            short = np.uint64(0)
            for i in range(start[text], start[text + 1]):
                if i != left_out:
                    short = short * _BASE + np.uint64(letters[i]) + np.uint64(1)
            hashes[place] = short
            place += 1
    return hashes


def _within(key: Hashes, row: Ints, most: int) -> Ints:
    """Pairs of different rows with one key, as a << 32 | b; of a key of more than `most`, those with its first."""
    order = np.argsort(key, kind="stable")  # rows come in order
    return _pairs_of_blocks(key[order], row[order], most)


def _distinct(codes: Ints) -> Ints:
    """The different codes, ascending: sorting is several times as fast as `np.unique`, which hashes."""
    ordered = np.sort(codes)
    first = np.concatenate([np.ones(min(len(ordered), 1), dtype=np.bool_), ordered[1:] != ordered[:-1]])
    return np.asarray(ordered[first], dtype=np.int64)


@numba.njit(cache=True)
def _pairs_of_blocks(key: Hashes, row: Ints, most: int) -> Ints:
    room = _fill_pairs(key, row, most, np.empty(0, dtype=np.int64))
    found = np.empty(room, dtype=np.int64)
    _fill_pairs(key, row, most, found)
    return found


@numba.njit(cache=True)
def _fill_pairs(key: Hashes, row: Ints, most: int, found: Ints) -> int:
    """Write the pairs into `found`, or only count them where it is empty."""
    place, start = 0, 0
    for end in range(1, len(key) + 1):
        if end < len(key) and key[end] == key[start]:
            continue
        firsts = end - start if end - start <= most else OLDEST
        for i in range(start, start + firsts):
            for j in range(i + 1, end):
                if row[i] != row[j]:
                    if len(found):
                        found[place] = (row[i] << 32) | row[j]
                    place += 1
        start = end
    return place


def _across(keys: pl.Series, names: pl.DataFrame) -> Ints:
    """Pairs of rows whose names are near but not the same; of a common name its oldest bearers only."""
    bearers = pl.DataFrame({"key": keys}).with_row_index("row").drop_nulls()
    bearers = bearers.filter(pl.int_range(pl.len()).over("key") < NAMESAKES)
    joined = names.join(bearers, left_on="left", right_on="key").join(bearers, left_on="right", right_on="key")
    a, b = joined["row"].to_numpy().astype(np.int64), joined["row_right"].to_numpy().astype(np.int64)
    return np.asarray((np.minimum(a, b) << 32) | np.maximum(a, b), dtype=np.int64)
