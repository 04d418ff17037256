"""Lists of followers out of the graph, in order, with a date for everybody whose date can be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.asking import account_of

EVERYBODY = 2_000_000_000
SNOWFLAKE = 10**17
"""X's ids of accounts above this hold a time, those of early 2016 and later; it is up to half an hour early."""
EPOCH_OF_X = 1_288_834_974_657


@dataclass(frozen=True)
class FollowerList:
    """One account's followers: follower, rank (1 the newest) and created_at, and how they came to be known.

    `followers_said` is the platform's own number when the account was last seen; `seen` the times of collection.
    """

    account: str
    handle: str | None
    platform: str
    followers: pl.DataFrame
    from_ids: int
    seen: tuple[datetime, ...]
    followers_said: int | None

    @property
    def called(self) -> str:
        """Its name for people."""
        return f"@{self.handle}" if self.handle else self.account


def follower_list(store: Store, name: str) -> FollowerList:
    """The followers of an account given by id or handle. Raises QueryError, with near names, where there is none."""
    account = account_of(store, name)
    profile = store.read(queries.get("accounts/profiles"), {"ids": [account]}).row(0, named=True)
    rows = store.read(queries.get("followers/list"), {"account": account, "limit": EVERYBODY})
    platform = account.partition(":")[0]
    dated, from_ids = with_dates(rows.rename({"made": "created_at"}), platform)
    seen = tuple(rows["seen_at"].drop_nulls().unique().sort().to_list())
    ordered = in_one_order(dated).select("follower", "rank", "created_at")
    return FollowerList(account, profile["handle"], platform, ordered, from_ids, seen, profile["followers"])


def in_one_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Ranks of one list where it was collected several times: what came later stands before what was there."""
    if rows["seen_at"].n_unique() < 2:
        return rows
    known = rows.filter(pl.col("rank").is_not_null()).sort("seen_at", "rank", descending=[True, False], nulls_last=True)
    known = known.with_columns(rank=pl.int_range(1, pl.len() + 1))
    return pl.concat([known, rows.filter(pl.col("rank").is_null())])


def with_dates(rows: pl.DataFrame, platform: str) -> tuple[pl.DataFrame, int]:
    """Rows with `created_at` read from the follower's id where it is not known and the id holds it; how many."""
    if platform != "x":
        return rows, 0
    number = pl.col("follower").str.strip_prefix("x:").cast(pl.Int64, strict=False)
    told = ((number // 2**22 + EPOCH_OF_X) * 1000).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    read = rows.with_columns(told=pl.when(pl.col("created_at").is_null() & (number > SNOWFLAKE)).then(told))
    filled = read.with_columns(created_at=pl.coalesce("created_at", "told")).drop("told")
    return filled, read["told"].count()
