"""A post has one author: rows of somebody else's post that has the same id are not taken, whichever load it came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl
from campaign_cypher import queries
from campaign_cypher.model import BY_HANDLE
from campaign_cypher.store import Readable

from campaign_loader.chunk import OTHERS
from campaign_loader.profile_columns import rejected
from campaign_loader.tables import Tables

OF_A_POST = ("hashtags", "mentions", "urls", "images", "retweets", "quotes", "replies")  # what a post has
AT_ONCE = 100_000  # posts that are looked up at a time
SAME = timedelta(seconds=1)  # one post may have its time to the second in one source and closer in another


def without_others(tables: Tables, store: Readable, posts: pl.DataFrame) -> Tables:
    """The tables without those of `posts` (rows of `tables.posts`) of which the store has another author and time.

    They are rejected, without a line. Where one of the two authors is known by handle alone they may be one.
    """
    stored = pl.concat([_stored(store, some) for some in posts.iter_slices(AT_ONCE)])
    both = posts.join(stored, on="id")
    named = pl.any_horizontal(pl.col("account", "author").str.contains(BY_HANDLE, literal=True))
    apart = (pl.col("created_at") - pl.col("at")).abs() >= SAME
    bad = both.filter((pl.col("account") != pl.col("author")) & ~named & apart)["id"].implode()
    reasons = tables.posts.select(pl.when(pl.col("id").is_in(bad)).then(pl.lit(OTHERS))).to_series()
    if not reasons.count():
        return tables
    lines = pl.Series([None], dtype=pl.Int64).new_from_index(0, tables.posts.height)
    kept: dict[str, Any] = {name: getattr(tables, name).filter(~pl.col("post").is_in(bad)) for name in OF_A_POST}
    said = rejected(tables.posts, lines, reasons)
    posts = tables.posts.filter(reasons.is_null())
    return replace(tables, posts=posts, rejected=pl.concat([tables.rejected, said]), **kept)


def _stored(store: Readable, posts: pl.DataFrame) -> pl.DataFrame:
    """Author and time of those of these posts that the store has."""
    found = store.read(queries.get("evidence/posts_by_id"), {"ids": posts["id"].to_list()})
    return found.select("id", author="account", at="created_at")
