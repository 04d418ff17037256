"""Answers of X, whichever interface gave them, to tables: record by record, some thousands of posts at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from campaign_loader.head import Head
from campaign_loader.json_records import Broken, records
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import REJECTED, Tables
from campaign_loader.x_objects import Harvest

POSTS_AT_ONCE = 100_000


def harvested(
    source: Source, head: Head, options: ReadOptions, take: Callable[[Harvest, int, Any], None]
) -> Iterator[Tables]:
    """The tables of all records: `take` puts one (with its line) into the harvest; broken ones are rejected."""
    harvest = Harvest(options.platform or "x", seen_at=options.seen_at)
    for line, record in records(source, head, options.block_bytes):
        if isinstance(record, Broken):
            broken = pl.DataFrame([(record.line, record.reason, record.row)], REJECTED, orient="row")
            yield Tables(rejected=broken, rows=1)
        else:
            take(harvest, line, record)
        if len(harvest) >= POSTS_AT_ONCE:
            yield harvest.tables()
            harvest = Harvest(harvest.platform, harvest.lists, harvest.seen_at)
    yield harvest.tables()
