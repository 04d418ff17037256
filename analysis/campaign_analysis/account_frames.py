"""Frames about accounts that signals read. The name of a frame is the stored query `signals/<name>` that fills it.

Each holds rows of the group's accounts and of the others that they are held against. A signal that needs a frame which
is not here makes its own `Frame` in its file, and a stored query of that name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

_TIME = pl.Datetime("us", "UTC")


@dataclass(frozen=True)
class Frame:
    """A frame's name, and its columns with their types."""

    name: str
    columns: Mapping[str, Any]

    def empty(self) -> pl.DataFrame:
        """A frame without rows."""
        return pl.DataFrame(schema=dict(self.columns))


PROFILES = Frame(
    "profiles",
    {
        "account": pl.String,
        "platform": pl.String,
        "handle": pl.String,
        "name": pl.String,
        "description": pl.String,
        "location": pl.String,
        "created_at": _TIME,
        "followers": pl.Int64,
        "following": pl.Int64,
        "posts": pl.Int64,
        "verified": pl.Boolean,
        "status": pl.String,  # active, suspended, deleted, protected; null where not known
        "last_seen_at": _TIME,
    },
)
TIMES = Frame("times", {"account": pl.String, "time": pl.Int64})  # a row a post: when, epoch ms
CLIENTS = Frame("clients", {"account": pl.String, "client": pl.String, "posts": pl.Int64})
DELETIONS = Frame(  # posts that were seen to be gone
    "deletions", {"account": pl.String, "post": pl.String, "created_at": _TIME, "deleted_at": _TIME}
)
SNAPSHOTS = Frame(
    "snapshots",
    {
        "account": pl.String,
        "at": _TIME,
        "followers": pl.Int64,
        "following": pl.Int64,
        "posts": pl.Int64,
        "status": pl.String,
    },
)
ALL_PROFILES = Frame(  # of everybody in the store, whoever is asked about: an original may be anybody
    "all_profiles",
    {
        "account": pl.String,
        "handle": pl.String,
        "name": pl.String,
        "description": pl.String,
        "created_at": _TIME,
        "verified": pl.Boolean,
        "avatar": pl.String,  # a hash of the picture
    },
)
