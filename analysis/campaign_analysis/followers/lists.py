"""Lists of followers as they were collected: one order, and a date for everybody whose date can be known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import polars as pl

SNOWFLAKE = 10**17
"""X's ids of accounts above this hold a time, those of early 2016 and later; it is up to half an hour early."""
EPOCH_OF_X = 1_288_834_974_657
UNDATED = (
    "a part of its list has no time of collection and another has, so that it is not known which is the newer; "
    "load it again with --seen-at"
)


@dataclass(frozen=True)
class Listed:
    """A list of followers (follower, rank: 1 the newest, created_at) in one order.

    `from_ids`: creation dates that were read from ids; `seen`: when each collection of the list began; `until`: nobody
    on it was made later (None: not known). `why_not` says why its collections could not be brought into one order.
    """

    followers: pl.DataFrame
    from_ids: int
    seen: tuple[datetime, ...]
    until: datetime | None
    why_not: str | None = None


def listed(rows: pl.DataFrame, account: str) -> Listed:
    """The list of an account (its id) out of what is stored of it: follower, rank, seen_at, and made: its creation."""
    dated, from_ids = with_dates(rows.rename({"made": "created_at"}), account.partition(":")[0])
    known = rows["seen_at"].drop_nulls()
    latest = known.max()
    until = end_of_day(latest) if isinstance(latest, datetime) else None
    several = dated.filter(pl.col("rank").is_not_null())["seen_at"]
    mixed = 0 < several.null_count() < len(several)
    numbered = collections(dated)
    first = numbered.filter(pl.col("seen_at").is_not_null()).group_by("collection").agg(pl.col("seen_at").min())
    followers = in_one_order(numbered).select("follower", "rank", "created_at")
    seen = tuple(first["seen_at"].sort().to_list())
    return Listed(followers, from_ids, seen, None if mixed else until, UNDATED if mixed else None)


def end_of_day(seen: datetime) -> datetime:
    """Of a day without a time its end: accounts that were made that day can be on the list."""
    return seen + timedelta(days=1) if seen.time() == time() else seen


def collections(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows (rank, seen_at) with the number of their `collection`, from the earliest on.

    A list comes page by page, each with a time of its own: what goes on where the page before it ended is the same
    collection. Where ranks begin again it is another.
    """
    ranks = pl.col("rank")
    pages = rows.drop_nulls("seen_at").group_by("seen_at").agg(first=ranks.min(), last=ranks.max()).sort("seen_at")
    numbers, end = [0] * pages.height, 0
    for at, (first, last) in enumerate(pages.select("first", "last").iter_rows()):
        goes_on = first is None or (at > 0 and first > end)
        numbers[at] = (numbers[at - 1] if at else 0) + (not goes_on)
        end = max(end, last or 0) if goes_on else last
    pages = pages.select("seen_at", collection=pl.Series(numbers, dtype=pl.Int64))
    return rows.join(pages, on="seen_at", how="left", maintain_order="left")


def in_one_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Ranks of one list (with `collections`) that was collected several times: what came later stands before what was
    there.
    """
    known = rows.filter(pl.col("rank").is_not_null())
    if known["collection"].n_unique() < 2:
        return rows
    known = known.sort("collection", "rank", descending=[True, False], nulls_last=True)
    known = known.with_columns(rank=pl.int_range(1, pl.len() + 1))
    return pl.concat([known, rows.filter(pl.col("rank").is_null())])


def with_dates(rows: pl.DataFrame, platform: str) -> tuple[pl.DataFrame, int]:
    """Rows with `created_at` read from the follower's id where it is not known and the id holds it; how many."""
    if platform != "x":
        return rows, 0
    number = pl.col("follower").str.strip_prefix("x:").cast(pl.Int64, strict=False)
    told = ((number // 2**22 + EPOCH_OF_X) * 1000).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    read = rows.with_columns(told=pl.when(pl.col("created_at").is_null() & (number > SNOWFLAKE)).then(told))
    filled = read.with_columns(created_at=pl.coalesce("created_at", "told")).drop("told")
    return filled, read["told"].count()


def each_list(lists: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Account and rows of each list, one after the other; rows of one `account` stand together. Nothing is copied."""
    runs = lists["account"].rle().struct.unnest()
    begin = 0
    for length, account in runs.iter_rows():
        yield account, lists.slice(begin, length)
        begin += length
