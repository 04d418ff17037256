"""How many acts each hashtag and everybody had, hour by hour, in a past and in the window after it.

An *act* is an account that uses a hashtag in an hour, however often: one account that posts a hundred times is no rise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.arrays import Floats, Ints

HOUR = 3600


@dataclass(frozen=True)
class Hours:
    """Acts by hour: `acts[i, h]` of `tags[i]` in the hour `first + h`; the window begins at column `past`.

    `first` is in hours since 1970 (UTC); `everybody[h]` are the acts on all hashtags there are, also on those that
    have no row here because they are too rare to be tested.
    """

    tags: tuple[str, ...]
    acts: Ints
    everybody: Ints
    first: int
    past: int

    @property
    def window(self) -> int:
        """Hours of the window."""
        return int(self.acts.shape[1] - self.past)

    def row(self, tag: str) -> Ints:
        """The acts of one hashtag."""
        found: Ints = self.acts[self.tags.index(tag)]
        return found


def hours_of(counts: pl.DataFrame, first: int, window: int, end: int, least: int) -> Hours:
    """Lay counts out by hour.

    Parameters
    ----------
    counts
        `tag`, `hour` (hours since 1970), `accounts`: a row for each hashtag and hour in which it was used.
    first, window, end
        First hour of the past, of the window, and the hour after the last, in hours since 1970.
    least
        Hashtags with fewer acts in past and window together are left out: they could not be tested.
    """
    inside = counts.filter(pl.col("hour").is_between(first, end, closed="left"))
    everybody = np.zeros(end - first, dtype=np.int64)
    np.add.at(everybody, inside["hour"].to_numpy() - first, inside["accounts"].to_numpy())
    kept = inside.group_by("tag").agg(pl.col("accounts").sum()).filter(pl.col("accounts") >= least)["tag"].sort()
    place = pl.DataFrame({"tag": kept, "row": np.arange(len(kept))}, schema={"tag": pl.String, "row": pl.Int64})
    rows = inside.join(place, on="tag")
    acts = np.zeros((len(kept), end - first), dtype=np.int64)
    acts[rows["row"].to_numpy(), rows["hour"].to_numpy() - first] = rows["accounts"].to_numpy()
    return Hours(tuple(kept), acts, everybody, first, window - first)


def sums(acts: NDArray[np.int64], begin: int, length: int) -> Floats:
    """Sums over every stretch of `length` columns from column `begin` on, along the last axis."""
    total = np.cumsum(acts[..., begin:], axis=-1)
    total = np.concatenate([np.zeros_like(total[..., :1]), total], axis=-1)
    return (total[..., length:] - total[..., :-length]).astype(np.float64)
