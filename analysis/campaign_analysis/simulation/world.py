"""What a world is: a piece of an invented platform, with its truth, in terms that can be mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

HOUR = 3600
DAY = 24 * HOUR

# One row a post. Accounts go by the worlds' own keys ("crowd-17"); `retweet_of`, `reply_to` and `quote_of` are
# rows of the same frame; `body` is the text without tags, mentions, addresses and "RT @…:", which the mixer adds,
# null for a retweet.
DRAFT: dict[str, Any] = {
    "account": pl.String,
    "time": pl.Int64,  # epoch seconds, UTC
    "body": pl.String,
    "tags": pl.List(pl.String),
    "mentions": pl.List(pl.String),
    "urls": pl.List(pl.String),
    "images": pl.List(pl.String),  # hashes
    "retweet_of": pl.Int64,
    "reply_to": pl.Int64,
    "quote_of": pl.Int64,
}
REFERENCES = ("retweet_of", "reply_to", "quote_of")
ACCOUNTS: dict[str, Any] = {"account": pl.String, "created_at": pl.Int64, "followers": pl.Int64}
# Accounts of nobody's group are not listed: they are innocent.
TRUTH: dict[str, Any] = {
    "account": pl.String,
    "group": pl.String,
    "kind": pl.String,  # ring, chat, spike, …
    "guilty": pl.Boolean,
    "core": pl.Boolean,  # acted with its group twice or more
    "turnout": pl.Float64,  # share of the group's actions in which it took part; null for innocents
}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all worlds of one simulation share: its time, its crowd and the hashtags that there are.

    `crowd` is a number of accounts, `hashtags` the number of hashtags in everyday use, most popular first.
    """

    start: datetime = datetime(2024, 3, 4, tzinfo=UTC)
    days: int = 28
    crowd: int = 10_000
    hashtags: int = 20_000

    @property
    def begins(self) -> int:
        """Epoch seconds of the first moment."""
        return int(self.start.timestamp())

    @property
    def ends(self) -> int:
        """Epoch seconds after the last moment."""
        return self.begins + self.days * DAY


@dataclass(frozen=True)
class World:
    """Posts (DRAFT), the accounts that this world adds (ACCOUNTS), and the truth about its groups (TRUTH)."""

    posts: pl.DataFrame
    accounts: pl.DataFrame
    truth: pl.DataFrame


def nobody() -> pl.DataFrame:
    """The accounts of a world that adds none, because it borrows the crowd's."""
    return pl.DataFrame(schema=ACCOUNTS)


def innocents(accounts: pl.Series, group: str, kind: str) -> pl.DataFrame:
    """One row of truth for each of the different accounts of one innocent group."""
    return pl.DataFrame({"account": accounts.unique(maintain_order=True)}).select(
        "account",
        group=pl.lit(group),
        kind=pl.lit(kind),
        guilty=pl.lit(False),
        core=pl.lit(False),
        turnout=pl.lit(None, dtype=pl.Float64),
    )


def together(parts: Sequence[World]) -> World:
    """Several worlds as one; retweets, replies and quotes keep pointing at their originals."""
    posts, rows = [pl.DataFrame(schema=DRAFT)], 0
    for part in parts:
        posts.append(part.posts.with_columns(pl.col(REFERENCES) + rows))
        rows += part.posts.height
    return World(
        pl.concat(posts),
        pl.concat([pl.DataFrame(schema=ACCOUNTS), *(part.accounts for part in parts)]),
        pl.concat([pl.DataFrame(schema=TRUTH), *(part.truth for part in parts)]),
    )
