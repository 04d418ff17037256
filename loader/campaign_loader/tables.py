"""What every format yields: tables of accounts, posts and what joins them, in the graph's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

Schema = dict[str, pl.DataType | type[pl.DataType]]

UTC_TIME = pl.Datetime("us", "UTC")

# One row a post. `account` is the account's key. `kind` is original, retweet, quote or reply.
POSTS: Schema = {
    "id": pl.String,
    "account": pl.String,
    "created_at": UTC_TIME,
    "text": pl.String,
    "language": pl.String,
    "client": pl.String,
    "kind": pl.String,
    "tag_sequence": pl.String,  # `#a #b`, as the source orders them
}
# One row an account that was collected; `last_seen_at` only where the row is an observation of the profile.
ACCOUNTS: Schema = {
    "id": pl.String,
    "platform": pl.String,
    "handle": pl.String,
    "name": pl.String,
    "description": pl.String,
    "location": pl.String,
    "created_at": UTC_TIME,
    "followers": pl.Int64,
    "following": pl.Int64,
    "posts": pl.Int64,
    "verified": pl.Boolean,
    "avatar": pl.String,
    "status": pl.String,
    "last_seen_at": UTC_TIME,
}
HASHTAGS: Schema = {"post": pl.String, "tag": pl.String, "display": pl.String}
MENTIONS: Schema = {"post": pl.String, "account": pl.String, "handle": pl.String}
URLS: Schema = {"post": pl.String, "url": pl.String, "domain": pl.String}
IMAGES: Schema = {"post": pl.String, "hash": pl.String}
# Retweets, quotes, replies. `text` is the normalised text where `target` is derived from it, else null.
REFERENCES: Schema = {"post": pl.String, "target": pl.String, "text": pl.String}
# Who follows whom, and who is in a post's list of likers or retweeters. `rank` 1 is the newest; null: not known.
FOLLOWS: Schema = {"account": pl.String, "target": pl.String, "rank": pl.Int64, "seen_at": UTC_TIME}
REACTIONS: Schema = {"account": pl.String, "post": pl.String, "rank": pl.Int64, "seen_at": UTC_TIME}
# An account's counters at one moment.
SNAPSHOTS: Schema = {
    "account": pl.String,
    "at": UTC_TIME,
    "followers": pl.Int64,
    "following": pl.Int64,
    "posts": pl.Int64,
    "status": pl.String,
}
# Posts that are gone, and when that was seen; what became of accounts. Both may never have been collected.
GONE: Schema = {"post": pl.String, "deleted_at": UTC_TIME}
STATUSES: Schema = {"account": pl.String, "status": pl.String}
# Rows that were not taken: the line (in Parquet: the row) from 1, why, and the row as JSON or as it stood.
REJECTED: Schema = {"line": pl.Int64, "reason": pl.String, "row": pl.String}


def _empty(schema: Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=schema)


@dataclass(frozen=True)
class Tables:
    """A chunk of a source. Accounts are the authors and profiles it holds; whoever is only named is not among them.

    Each frame has exactly the columns of its schema above; ids are keys (docs/architecture.md), unique in `posts` and
    `accounts`, and the pairs of the other tables are unique.
    """

    accounts: pl.DataFrame = field(default_factory=lambda: _empty(ACCOUNTS))
    posts: pl.DataFrame = field(default_factory=lambda: _empty(POSTS))
    hashtags: pl.DataFrame = field(default_factory=lambda: _empty(HASHTAGS))
    mentions: pl.DataFrame = field(default_factory=lambda: _empty(MENTIONS))
    urls: pl.DataFrame = field(default_factory=lambda: _empty(URLS))
    images: pl.DataFrame = field(default_factory=lambda: _empty(IMAGES))
    retweets: pl.DataFrame = field(default_factory=lambda: _empty(REFERENCES))
    quotes: pl.DataFrame = field(default_factory=lambda: _empty(REFERENCES))
    replies: pl.DataFrame = field(default_factory=lambda: _empty(REFERENCES))
    follows: pl.DataFrame = field(default_factory=lambda: _empty(FOLLOWS))
    likes: pl.DataFrame = field(default_factory=lambda: _empty(REACTIONS))
    retweeted: pl.DataFrame = field(default_factory=lambda: _empty(REACTIONS))
    snapshots: pl.DataFrame = field(default_factory=lambda: _empty(SNAPSHOTS))
    gone: pl.DataFrame = field(default_factory=lambda: _empty(GONE))
    statuses: pl.DataFrame = field(default_factory=lambda: _empty(STATUSES))
    rejected: pl.DataFrame = field(default_factory=lambda: _empty(REJECTED))
    rows: int = 0
    """Rows (or JSON records) of the source that this chunk was made from, rejected ones included."""
    merged: int = 0
    """Rows that told more about a post of another row: one row a hashtag, or the same post twice."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """Parts of accepted rows that were not taken, counted by reason."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """For reasons that lie in one value: that of the first row that was rejected for it."""
    said: tuple[str, ...] = ()
    """What the person who loads should know, such as the mapping of columns."""


def conform(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Give a frame exactly a schema's columns, in order; missing ones become null."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
