"""In what two profiles agree: name, handle, bio, avatar."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.clones.texts import Ints, Texts

CHUNK = 1_000_000  # pairs that are compared at a time
SAME, NEAR, CORE, OTHER = 3, 2, 1, 0  # how much of a handle agrees

AGREEMENT = {
    "a": pl.Int64,
    "b": pl.Int64,
    "name": pl.Boolean,  # the same or near
    "disguised": pl.Boolean,  # the same skeleton, spelt with other letters
    "handle": pl.Int8,  # SAME skeleton, NEAR, the same or a near CORE (without digits at its ends), OTHER
    "bio": pl.Boolean,  # the same or near
    "avatar": pl.Boolean,
}


class Profiles:
    """Profiles as `keys.keyed` leaves them, with `avatar`, ready for comparing many pairs of rows."""

    def __init__(self, keyed: pl.DataFrame) -> None:
        columns = ("name_key", "name_spelt", "handle_key", "handle_core", "bio", "avatar")
        self._texts = {column: Texts(keyed[column]) for column in columns}

    def agreement(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """AGREEMENT of pairs of rows (a, b)."""
        parts = [pl.DataFrame(schema=AGREEMENT)]
        parts += [self._compared(part["a"].to_numpy(), part["b"].to_numpy()) for part in pairs.iter_slices(CHUNK)]
        return pl.concat(parts)

    def _compared(self, a: Ints, b: Ints) -> pl.DataFrame:
        of = self._texts
        near_core = of["handle_core"].near(a, b)
        handle = np.select(
            [of["handle_key"].equal(a, b), of["handle_key"].near(a, b), near_core], [SAME, NEAR, CORE], OTHER
        )
        compared = {
            "a": a,
            "b": b,
            "name": of["name_key"].near(a, b),
            "disguised": of["name_key"].equal(a, b) & ~of["name_spelt"].equal(a, b),
            "handle": handle.astype(np.int8),
            "bio": of["bio"].near(a, b),
            "avatar": of["avatar"].equal(a, b),
        }
        return pl.DataFrame(compared, schema=AGREEMENT)
