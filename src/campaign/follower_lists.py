"""Lists of followers out of the graph, in order, with a date for everybody whose date can be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from campaign_analysis.followers.lists import Listed, listed
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.asking import account_of
from campaign.handles import Handles


@dataclass(frozen=True)
class FollowerList:
    """One account's followers: in order, with dates (`known`).

    `followers_said` is the platform's own number when the account was last seen.
    """

    account: str
    handle: str | None
    platform: str
    known: Listed
    followers_said: int | None

    @property
    def called(self) -> str:
        """Its name for people."""
        return f"@{self.handle}" if self.handle else self.account


def follower_list(store: Store, name: str) -> FollowerList:
    """The followers of an account given by id or handle. Raises QueryError, with near names, where there is none."""
    handles = Handles(store)
    account, *_ = handles.keys_of(account_of(store, name))
    profile = store.read(queries.get("accounts/profiles"), {"ids": [account]}).row(0, named=True)
    known = listed(stored_lists(store, [account], handles), account)
    return FollowerList(account, profile["handle"], account.partition(":")[0], known, profile["followers"])


def stored_lists(store: Store, accounts: Sequence[str], handles: Handles) -> pl.DataFrame:
    """Lists of followers (account, follower, rank, seen_at, made) of these accounts (none: all), list by list.

    Those that were loaded under a handle are of the account whose it is.
    """
    keys = [key for account in accounts for key in handles.keys_of(account)]
    rows = store.read(queries.get("followers/lists"), {"accounts": keys})
    once = handles.with_ids(handles.with_ids(rows, "account"), "follower")
    if once is rows:
        return rows
    latest = once.sort("account", "follower", "seen_at", descending=[False, False, True], nulls_last=True)
    return latest.unique(["account", "follower"], keep="first", maintain_order=True)
