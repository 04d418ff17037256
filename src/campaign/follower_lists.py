"""Lists of followers out of the graph, in order, with a date for everybody whose date can be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from campaign_analysis.followers.lists import in_one_order, with_dates
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.asking import account_of

EVERYBODY = 2_000_000_000


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
