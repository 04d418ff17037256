"""Who is named by handle: a file that names somebody need not be the file that says whose handle it is."""

from __future__ import annotations

import polars as pl
from campaign_cypher import queries
from campaign_cypher.store import Store
from campaign_loader.texts import folded

BY_HANDLE = ":@"  # in the id of an account of which no more than the handle is known
KEY = r"^([^:]*):(.*)$"  # platform and what the platform calls it


def with_ids(named: pl.DataFrame, store: Store) -> pl.DataFrame:
    """Acts that name accounts (`object`), where one is named by handle with the id of the one account that has it.

    Handles that several accounts of a platform have, or nobody, stay as they are.
    """
    if not named["object"].str.contains(BY_HANDLE, literal=True).any():
        return named
    every = store.read(queries.get("accounts/everybody"))
    every = every.filter(~pl.col("id").str.contains(BY_HANDLE, literal=True)).with_columns(
        platform=pl.col("id").str.extract(KEY, 1), native=pl.col("id").str.extract(KEY, 2)
    )
    every = every.with_columns(name=folded(every.select(pl.coalesce("handle", "native")).to_series()))
    owners = every.select(object=pl.format("{}:@{}", "platform", "name"), owner="id").unique("object", keep="none")
    told = named.join(owners.drop_nulls(), on="object", how="left", maintain_order="left")
    return told.with_columns(object=pl.coalesce("owner", "object")).drop("owner")
