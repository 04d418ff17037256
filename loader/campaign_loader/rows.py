"""Rows of a table whose columns are known -> one typed frame: keys, times, lists, and what the texts say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from campaign_loader import texts, values
from campaign_loader.options import PLATFORMS
from campaign_loader.profile_columns import impossible_dates

REFERENCES = ("retweet_of", "quote_of", "reply_to")
WORDS = ("language", "client", "name", "description", "location")
COUNTS = ("followers", "following", "posts")
LISTS = ("hashtags", "mentions", "urls", "domains", "images")


@dataclass(frozen=True)
class Shape:
    """How the rows of one source are to be understood: field -> column, the platform, the format of times."""

    columns: Mapping[str, str]
    platform: str
    time_format: str | None = None
    day_first: bool | None = None
    empty_means_text: bool = False
    """Whether a null in a column of hashtags, mentions or addresses means "see the text" rather than "none"."""


def read_rows(rows: pl.DataFrame, shape: Shape, dropped: Counter[str]) -> pl.DataFrame:
    """One column a field, of the field's type, a row for each row given.

    `account` and `id` are keys, `native` and `own` the ids they were made from; what cannot be read is null.
    References that lost digits, and impossible dates of making, are left out and counted in `dropped`.
    """
    column = {field: rows[name] for field, name in shape.columns.items()}
    none = pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    read = _authors(column, none, shape, dropped) | _contents(column, none, shape)
    for field in REFERENCES:
        read[field], lost = _ids(column, field, none)
        if lost.any():
            dropped[f"{field} lost digits"] += int(lost.sum())
    frame = pl.DataFrame({name: series.alias(name) for name, series in read.items()})
    return _with_keys(_with_found(frame, shape.empty_means_text))


def _ids(column: Mapping[str, pl.Series], field: str, none: pl.Series) -> tuple[pl.Series, pl.Series]:
    return values.ids_of(column[field]) if field in column else (none, none.is_not_null())


def _authors(
    column: Mapping[str, pl.Series], none: pl.Series, shape: Shape, dropped: Counter[str]
) -> dict[str, pl.Series]:
    read = {"platform": platforms_of(column.get("platform"), shape.platform, len(none))}
    read["native"], read["native_lost"] = _ids(column, "account", none)
    read["handle"] = values.text_of(column["handle"]).str.strip_prefix("@") if "handle" in column else none
    read["folded"] = texts.folded(read["handle"]) if "handle" in column else none
    read |= {field: values.text_of(column[field]) for field in WORDS if field in column}
    read |= {field: values.counts_of(column[field]) for field in COUNTS if field in column}
    if "verified" in column:
        read["verified"] = values.flags_of(column["verified"])
    if "account_created_at" in column:
        made = values.times_of(column["account_created_at"], day_first=shape.day_first)
        impossible = values.out_of_range(made)
        read["account_created_at"] = made.set(impossible, None)
        dropped.update(impossible_dates(impossible))
    return read


def _contents(column: Mapping[str, pl.Series], none: pl.Series, shape: Shape) -> dict[str, pl.Series]:
    read = {
        "created_at": values.times_of(column["time"], shape.time_format, shape.day_first),
        "text": column["text"].cast(pl.String) if "text" in column else none,
        "flag": values.flags_of(column["retweet"]) if "retweet" in column else none.is_not_null(),
    }
    read["own"], read["own_lost"] = _ids(column, "id", none)
    return read | {f: values.lists_of(column[f], addresses=f == "urls") for f in LISTS if f in column}


def platforms_of(column: pl.Series | None, platform: str, count: int) -> pl.Series:
    """The platform of each of so many rows: as its column says, folded, else the one that was given."""
    if column is None:
        return pl.Series([platform]).new_from_index(0, count)
    return values.text_of(column).str.to_lowercase().replace(PLATFORMS).fill_null(platform)


def _with_found(frame: pl.DataFrame, empty_means_text: bool) -> pl.DataFrame:
    """Add the kind of each post, and from its text what no column gives."""
    text = pl.col("text")
    retweet = pl.col("retweet_of").is_not_null() | pl.col("flag").fill_null(False) | texts.is_retweet(text)
    frame = frame.with_columns(
        kind=pl.when(retweet).then(pl.lit("retweet"))
        .when(pl.col("quote_of").is_not_null()).then(pl.lit("quote"))
        .when(pl.col("reply_to").is_not_null()).then(pl.lit("reply"))
        .otherwise(pl.lit("original"))
    )  # fmt: skip
    finders = {"hashtags": texts.hashtags, "mentions": texts.mentions, "urls": texts.addresses}
    found = [
        (pl.coalesce(field, find(pl.col("whole"))) if field in frame.columns else find(pl.col("whole"))).alias(field)
        for field, find in finders.items()
        if field not in frame.columns or empty_means_text
    ]
    return frame.with_columns(whole=texts.whole(text, retweet)).with_columns(found).drop("whole")


def _with_keys(frame: pl.DataFrame) -> pl.DataFrame:
    platform = pl.col("platform") + ":"
    frame = frame.with_columns(account=platform + pl.coalesce("native", "@" + pl.col("folded")))
    derived = pl.Series("derived", [None], dtype=pl.String).new_from_index(0, frame.height)
    without = frame["own"].is_null().arg_true()
    if len(without):
        derived = derived.scatter(without, _derived_ids(frame[without]))
    return frame.with_columns(derived).with_columns(id=platform + pl.coalesce("own", "derived")).drop("derived")


def _derived_ids(frame: pl.DataFrame) -> list[str]:
    """Ids for posts that have none: a hash of account, time (microseconds) and text."""
    parts = frame.select(
        pl.col("account").fill_null(""),
        pl.col("created_at").dt.epoch("us").cast(pl.String).fill_null(""),
        pl.col("text").fill_null(""),
    )
    return ["h:" + texts.digest(*row) for row in parts.iter_rows()]
