"""One account's followers: organic growth, and a share of bought lots between."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.simulation.audiences.bought import KINDS, Kind, deliver, sizes
from campaign_analysis.simulation.audiences.organic import Audience, follows


def simulate_audience(
    seed: int, audience: Audience | None = None, *, bought: float = 0.0, kinds: tuple[Kind, ...] = KINDS
) -> pl.DataFrame:
    """An account's followers, the newest first, of whom the share `bought` came in lots of the given kinds in turn.

    Columns: follower String, rank Int64 (1 the newest), created_at and followed_at Datetime UTC (the second is not
    seen by anybody: it is truth), lot Int64 (null: came by itself), kind String (fresh, aged, mixed, or null).
    """
    audience = audience or Audience()
    rng = np.random.default_rng(seed)
    time, made = follows(rng, audience)
    lot, kind = np.full(len(time), -1), np.full(len(time), "", dtype=object)
    begins, ends = audience.begins.timestamp(), audience.ends.timestamp()
    for number, size in enumerate(sizes(rng, round(audience.followers * bought / (1 - bought)))):
        sold = deliver(rng, kinds[number % len(kinds)], size, begins, ends)
        time, made = np.concatenate([time, sold.time]), np.concatenate([made, sold.made])
        lot = np.concatenate([lot, np.full(size, number)])
        kind = np.concatenate([kind, np.full(size, sold.kind, dtype=object)])
    order = np.argsort(-time, kind="stable")
    names = rng.permutation(len(time))
    moment = pl.Datetime("us", "UTC")
    return pl.DataFrame(
        {
            "follower": [f"f{names[i]}" for i in order],
            "rank": np.arange(1, len(order) + 1),
            "created_at": pl.Series(made[order] * 1e6).cast(pl.Int64).cast(moment),
            "followed_at": pl.Series(time[order] * 1e6).cast(pl.Int64).cast(moment),
            "lot": pl.Series(lot[order]).replace(-1, None),
            "kind": pl.Series(kind[order].tolist(), dtype=pl.String).replace("", None),
        }
    )
