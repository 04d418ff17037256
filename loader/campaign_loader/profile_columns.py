"""Columns of a table that hold profiles, one an account: their names, and their values in types."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from campaign_loader import values
from campaign_loader.options import ReadOptions
from campaign_loader.tables import REJECTED

# Field -> names of columns that hold it, the likeliest first, in snake case.
PROFILE_HINTS: dict[str, tuple[str, ...]] = {
    "created_at": ("created_at", "account_created_at", "account_creation_date"),
    "handle": ("handle", "screen_name", "username"),
    "name": ("name", "display_name"),
    "description": ("description", "bio"),
    "location": ("location",),
    "followers": ("followers", "followers_count", "follower_count"),
    "following": ("following", "friends_count", "following_count"),
    "posts": ("posts", "statuses_count", "tweet_count"),
    "verified": ("verified",),
    "avatar": ("avatar", "avatar_hash", "profile_image_hash"),
    "status": ("status",),
}


IMPOSSIBLE = "creation date out of range (before 1990 or in the future)"


def rejected(rows: pl.DataFrame, lines: pl.Series, reason: pl.Series) -> pl.DataFrame:
    """REJECTED: the rows that have a reason, as they stood."""
    bad = reason.is_not_null()
    said = {
        "line": lines.filter(bad),
        "reason": reason.filter(bad),
        "row": rows.filter(bad).select(pl.struct(pl.all()).struct.json_encode()).to_series(),
    }
    return pl.DataFrame(said, schema=REJECTED)


def impossible_dates(impossible: pl.Series) -> dict[str, int]:
    """How many creation dates were not taken, by the reason; nothing where all were."""
    return {IMPOSSIBLE: int(impossible.sum())} if impossible.any() else {}


def time_columns(chosen: Mapping[str, str], options: ReadOptions) -> tuple[str, ...]:
    """The columns whose dates may need to show whether day or month comes first."""
    fields = () if options.time_format else ("seen_at", "created_at")
    return tuple(chosen[field] for field in fields if field in chosen)


def profile(
    column: Mapping[str, pl.Series], fields: Collection[str], height: int, options: ReadOptions
) -> pl.DataFrame:
    """The columns that were found, by field, in types; `fields` that were not are null in all `height` rows."""
    none = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    read: dict[str, pl.Series] = {}
    for field in fields:
        series = column.get(field, none)
        if field in ("rank", "followers", "following", "posts"):
            read[field] = values.counts_of(series)
        elif field in ("seen_at", "created_at"):
            read[field] = values.times_of(series, options.time_format, options.dates.day_first)
        elif field == "verified":
            read[field] = values.flags_of(series)
        else:
            read[field] = values.text_of(series)
    frame = pl.DataFrame(read)
    if options.seen_at:
        frame = frame.with_columns(seen_at=pl.coalesce("seen_at", pl.lit(options.seen_at)))
    return frame.with_columns(handle=pl.col("handle").str.strip_prefix("@"))
