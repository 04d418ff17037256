"""Lists of followers as they were collected: one order, and a date for everybody whose date can be known."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

SNOWFLAKE = 10**17
"""X's ids of accounts above this hold a time, those of early 2016 and later; it is up to half an hour early."""
EPOCH_OF_X = 1_288_834_974_657


def in_one_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Ranks of one list where it was collected several times: what came later stands before what was there."""
    if rows["seen_at"].n_unique() < 2:
        return rows
    known = rows.filter(pl.col("rank").is_not_null()).sort("seen_at", "rank", descending=[True, False], nulls_last=True)
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
