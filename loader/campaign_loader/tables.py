"""What every format yields: tables of accounts, posts and what joins them, in the graph's own terms."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

UTC_TIME = pl.Datetime("us", "UTC")

# One row a post. `account` is the account's key. `kind` is original, retweet, quote or reply.
POSTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String,
    "account": pl.String,
    "created_at": UTC_TIME,
    "text": pl.String,
    "language": pl.String,
    "client": pl.String,
    "kind": pl.String,
}
ACCOUNTS: dict[str, pl.DataType | type[pl.DataType]] = {
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
    "status": pl.String,
    "last_seen_at": UTC_TIME,
    "placeholder": pl.Boolean,
}
HASHTAGS = {"post": pl.String, "tag": pl.String, "display": pl.String}
MENTIONS = {"post": pl.String, "account": pl.String, "handle": pl.String}
URLS = {"post": pl.String, "url": pl.String}
REFERENCES = {"post": pl.String, "target": pl.String}  # retweets, quotes, replies
