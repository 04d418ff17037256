"""Who is named by handle: a file that names somebody need not be the file that says whose handle it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import polars as pl
from campaign_analysis.layers import Layer
from campaign_cypher import queries
from campaign_cypher.events import read_events
from campaign_cypher.model import BY_HANDLE
from campaign_cypher.store import Store
from campaign_loader.texts import fold, folded

KEY = r"^([^:]*):(.*)$"  # platform and what the platform calls it


class Handles:
    """Whose the handles of a store are. Those that several accounts of a platform have, or nobody, stay as they are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _owners(self) -> pl.DataFrame:
        """`name` (an id by handle) and `owner`, the id of the one account that has it."""
        every = self._store.read(queries.get("accounts/everybody"))
        every = every.filter(~pl.col("id").str.contains(BY_HANDLE, literal=True)).with_columns(
            platform=pl.col("id").str.extract(KEY, 1), native=pl.col("id").str.extract(KEY, 2)
        )
        every = every.with_columns(called=folded(every.select(pl.coalesce("handle", "native")).to_series()))
        named = every.select(name=pl.format("{}:@{}", "platform", "called"), owner="id").drop_nulls()
        return named.unique("name", keep="none")

    def keys_of(self, account: str) -> list[str]:
        """The ids under which an account is known: its own first, then the one by its handle alone, if there is one."""
        platform, _, native = account.partition(":")
        profile = self._store.read(queries.get("accounts/profiles"), {"ids": [account]})
        handle = native.removeprefix("@") if BY_HANDLE in account else next(iter(profile["handle"]), None)
        if not handle:
            return [account]
        named = self._store.read(queries.get("accounts/named"), {"handles": [handle.lower()]})["account"]
        ids = named.filter(named.str.starts_with(f"{platform}:") & ~named.str.contains(BY_HANDLE, literal=True))
        twin = f"{platform}:@{fold(handle)}"
        known = self._store.read(queries.get("accounts/profiles"), {"ids": [twin]}).height > 0
        return [ids[0], *([twin] if known else [])] if len(ids) == 1 else [account]

    def once(self, profiles: pl.DataFrame) -> pl.DataFrame:
        """Profiles (by `account`) without those by handle alone of accounts that are known by id as well."""
        if not profiles["account"].str.contains(BY_HANDLE, literal=True).any():
            return profiles
        return profiles.join(self._owners, left_on="account", right_on="name", how="anti", maintain_order="left")

    def with_ids(self, named: pl.DataFrame, column: str = "object") -> pl.DataFrame:
        """Rows whose column names accounts, where one is named by handle with its id instead."""
        if not named[column].str.contains(BY_HANDLE, literal=True).any():
            return named
        told = named.join(self._owners, left_on=column, right_on="name", how="left", maintain_order="left")
        return told.with_columns(pl.coalesce("owner", column).alias(column)).drop("owner")

    def mentions(self, asked: Mapping[str, Any]) -> pl.DataFrame:
        """Whom each of some accounts names, in how many posts: the answer of `accounts/mentions_each`, with ids."""
        named = self.with_ids(self._store.read(queries.get("accounts/mentions_each"), asked), "target")
        return named.group_by("account", "target", maintain_order=True).agg(
            pl.col("handle").drop_nulls().first(), pl.col("posts").sum()
        )

    def read(
        self,
        layer: Layer,
        since: datetime | None,
        until: datetime | None,
        *,
        accounts: Sequence[str] = (),
        objects: Sequence[str] = (),
        posts: bool = False,
    ) -> pl.DataFrame:
        """The events of a layer as `read_events` gives them; where its objects are accounts, those with their ids."""
        if layer.talk and objects:
            objects = [*objects, *self._owners.filter(pl.col("owner").is_in(list(objects)))["name"]]
        asked = (self._store, layer.name, since, until)
        read = read_events(*asked, accounts=accounts, objects=objects, posts=posts)
        return self.with_ids(read) if layer.talk else read
