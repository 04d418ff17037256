"""Columns of a table that hold profiles, one an account: their names, and their values in types."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from campaign_loader import values
from campaign_loader.options import ReadOptions

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
            read[field] = values.times_of(series, options.time_format)
        elif field == "verified":
            read[field] = values.flags_of(series)
        else:
            read[field] = values.text_of(series)
    frame = pl.DataFrame(read)
    if options.seen_at:
        frame = frame.with_columns(seen_at=pl.coalesce("seen_at", pl.lit(options.seen_at)))
    return frame.with_columns(handle=pl.col("handle").str.strip_prefix("@"))
