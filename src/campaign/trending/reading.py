"""What a trending report reads of the store."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.trending.asked import HOUR, Window


def counts(store: Store, window: Window) -> pl.DataFrame:
    """Accounts by hashtag and hour, of past and window: tag, hour (hours since 1970), posts, accounts."""
    read = store.read(queries.get("hashtags/by_hour"), {"since": window.past, "until": window.until})
    return read.with_columns(pl.col("hour") // (HOUR * 1000)).sort("tag", "hour")


@dataclass(frozen=True)
class TagPosts:
    """Posts with a hashtag in past and window (post, account, handle, kind, at: epoch seconds, author: whose post it
    passes on, null where not known), and whom they name (post, target, handle)."""

    posts: pl.DataFrame
    named: pl.DataFrame
    authors: pl.DataFrame


def tag_posts(store: Store, tag: str, window: Window) -> TagPosts:
    """Read what is said of one hashtag."""
    asked = {"tags": [tag], "since": window.past, "until": window.until}
    posts = store.read(queries.get("hashtags/posts"), {**asked, "limit": MANY})
    passed = store.read(queries.get("hashtags/passed_on"), asked).unique("post", keep="first", maintain_order=True)
    whole = posts.join(passed.select("post", "author"), on="post", how="left", maintain_order="left")
    rows = whole.select(
        "post", "account", "handle", "kind", "author", at=pl.col("created_at").dt.epoch("s").cast(pl.Int64)
    )
    authors = passed.select(id="author", handle="handle").unique("id", keep="first", maintain_order=True)
    return TagPosts(rows, store.read(queries.get("hashtags/named"), asked), authors)


def display_of(store: Store, tag: str) -> str:
    """The hashtag as people write it."""
    rows = store.read(queries.get("hashtags/names"), {"prefix": tag, "limit": 1})
    return str(rows["display"][0]) if rows.height and rows["tag"][0] == tag and rows["display"][0] else tag


def made(store: Store, accounts: list[str]) -> pl.DataFrame:
    """When accounts were made: id, created_at, those known only."""
    rows = store.read(queries.get("accounts/profiles"), {"ids": accounts})
    return rows.select("id", "created_at").drop_nulls("created_at")
