"""How long a key may be: an index of Neo4j takes about 8 kB, and an embedded store has to hold the same graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import polars as pl

from campaign_loader.tables import Tables

KEY_BYTES = 8000  # of UTF-8; a RANGE index of Neo4j takes 8,164, and a snapshot's key adds a time to an account's
LONGER = f"longer than {KEY_BYTES:,} bytes"
ACCOUNT_LONG, POST_LONG = f"the account's id is {LONGER}", f"the post's id is {LONGER}"
# Table, column of keys, and what such a key is. Rows whose own key is too long the formats reject, with their lines.
NAMED = (
    ("hashtags", "tag", "hashtag"),
    ("mentions", "account", "mention"),
    ("urls", "url", "address"),
    ("images", "hash", "image hash"),
    ("retweets", "target", "id of a post that is retweeted"),
    ("quotes", "target", "id of a post that is quoted"),
    ("replies", "target", "id of a post that is answered"),
    ("accounts", "id", "id of an account that comes with a post"),
    ("snapshots", "account", "id of an account that was observed"),
    ("follows", "account", "id of an account in a list"),
    ("follows", "target", "id of an account in a list"),
    ("likes", "account", "id of an account in a list"),
    ("likes", "post", "id of a post that has a list"),
    ("retweeted", "account", "id of an account in a list"),
    ("retweeted", "post", "id of a post that has a list"),
)
HANDLES = ("accounts", "mentions")


def too_long(key: pl.Expr) -> pl.Expr:
    """True where no index would take a key; false where there is none."""
    return (key.str.len_bytes() > KEY_BYTES).fill_null(False)


def long_key(key: str) -> bool:
    """The same of one key."""
    return len(key.encode(errors="surrogatepass")) > KEY_BYTES


def within(tables: Tables) -> Tables:
    """The tables without what is named by keys that are too long, and without such handles; both are counted."""
    dropped: Counter[str] = Counter(tables.dropped)
    kept: dict[str, Any] = {}
    for table, column, what in NAMED:
        frame = kept.get(table, getattr(tables, table))
        kept[table] = frame.filter(~too_long(pl.col(column)))
        dropped[f"{what} {LONGER}"] += frame.height - kept[table].height
    for table in HANDLES:
        frame = kept.get(table, getattr(tables, table))
        kept[table] = frame.with_columns(handle=pl.when(~too_long(pl.col("handle"))).then("handle"))
        dropped[f"handle {LONGER}"] += frame["handle"].count() - kept[table]["handle"].count()
    return replace(tables, **kept, dropped=+dropped)
