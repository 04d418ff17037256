"""The acts behind a finding: when a group's members co-act, and the very acts that make each episode of a pair."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from campaign_analysis.background import Scale, posts_of, sessions_of
from campaign_analysis.events import SECOND, encode

EPISODES = {
    "object": pl.String,
    "block_start": pl.Int64,  # epoch ms
    "a_time": pl.Int64,  # epoch ms of the two acts that are closest
    "b_time": pl.Int64,
}


def co_acting(events: pl.DataFrame, members: Iterable[str], window: int) -> pl.DataFrame:
    """Events (account, object, time) of members within `window` seconds of the next or last act of another member."""
    inside = events.filter(pl.col("account").is_in(list(members))).sort("object", "time", "account")

    def near(step: int) -> pl.Expr:
        return (
            (pl.col("object") == pl.col("object").shift(step))
            & (pl.col("account") != pl.col("account").shift(step))
            & ((pl.col("time") - pl.col("time").shift(step)).abs() <= window * SECOND)
        ).fill_null(False)

    return inside.filter(near(1) | near(-1))


def episodes(
    acts: pl.DataFrame, a: str, b: str, scale: Scale, frequency: dict[str, int] | None = None, one_object: bool = False
) -> pl.DataFrame:
    """The episodes of two accounts (EPISODES), in order of time; each with the two acts that are closest.

    `acts`: account, object, time (epoch ms). `frequency`: all events of each object, which says which of several
    shared hashtags is the rarest. The same rules as the counting: repeats collapse, two posts meet on one object.
    """
    events = encode(acts.filter(pl.col("account").is_in([a, b])), one_object)
    if len(events.accounts) < 2:
        return pl.DataFrame(schema=EPISODES)
    known = None
    if frequency is not None:
        known = np.array([frequency.get(o, 0) for o in events.objects.to_list()], dtype=np.int64)
    posts = posts_of(events, known)
    s = sessions_of(events, posts, scale)
    rows = pl.DataFrame({"cell": s.cell, "account": s.account, "time": s.time, "post": s.post, "rank": s.rank})
    first = rows.filter(pl.col("account") == events.accounts.to_list().index(a)).drop("account")
    pairs = (
        first.join(rows.filter(pl.col("account") != events.accounts.to_list().index(a)), on="cell", suffix="_b")
        .with_columns(gap=(pl.col("time") - pl.col("time_b")).abs())
        .filter(pl.col("gap") <= scale.window * SECOND)
        .filter(pl.col("rank") == pl.col("rank").min().over("post", "post_b"))
        .sort("cell", "gap", "time")
        .unique("cell", keep="first", maintain_order=True)
        .sort("time", "cell")
    )
    length = scale.block * SECOND
    return pairs.select(
        object=events.objects.gather(s.cell_object[pairs["cell"].to_numpy()].astype(np.int64)),
        block_start=pl.col("time") // length * length,
        a_time="time",
        b_time="time_b",
    )
