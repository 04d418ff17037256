"""Posts of the Internet Research Agency's accounts in FiveThirtyEight's columns (CSV, or Parquet made from it).

`author` (in Parquet `author_id`) is the handle and the key: `external_author_id` may have lost digits. `publish_date`
is UTC to the minute. Followers, following and updates are observations of the account at that time.
"""

from __future__ import annotations

from collections.abc import Iterator

from campaign_loader import columns
from campaign_loader.formats import table
from campaign_loader.head import Head
from campaign_loader.listing import no_list
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import Tables

NAME = "ira"
PLATFORM = "x"
MARKS = {"content", "publish_date", "harvested_date", "account_category", "external_author_id"}
COLUMNS = {
    "handle": ("author", "author_id"),
    "time": ("publish_date",),
    "text": ("content",),
    "id": ("tweet_id",),
    "retweet": ("retweet",),
    "language": ("language",),
    "followers": ("followers",),
    "following": ("following",),
    "posts": ("updates",),
}


def sniff(head: Head) -> float:
    """Sure where the columns that only this release has are there."""
    return 0.9 if set(head.columns) >= MARKS and {"author", "author_id"} & set(head.columns) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Rows by the release's own columns; `--map` wins over them."""
    no_list(options, source.name)
    return table.read_as(source, head, options, _choose(head, options, source.name), PLATFORM)


def time_columns(head: Head, options: ReadOptions, name: str) -> tuple[str, ...]:
    """The columns whose dates may need to show whether day or month comes first."""
    return table.times_in(_choose(head, options, name), options)


def _choose(head: Head, options: ReadOptions, name: str) -> dict[str, str]:
    own = {field: next((n for n in names if n in head.columns), None) for field, names in COLUMNS.items()}
    chosen = {field: name for field, name in own.items() if name}
    chosen |= columns.check(head.columns, options.columns, name)
    columns.complete(chosen, head.columns, name)
    return chosen
