"""Any table (CSV, TSV, Parquet, JSON lines) whose columns can be told by their names or by `--map`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from campaign_loader import columns
from campaign_loader.chunk import to_tables
from campaign_loader.errors import LoadError
from campaign_loader.frames import frames
from campaign_loader.head import Head
from campaign_loader.late import NO_HINTS, as_they_come
from campaign_loader.listing import no_list
from campaign_loader.options import ReadOptions
from campaign_loader.rows import LISTS, Shape
from campaign_loader.source import Source
from campaign_loader.tables import Tables

NAME = "table"
PLATFORM = "other"


def sniff(head: Head) -> float:
    """Sure where account, time and content have a column; otherwise a last resort that says what is missing."""
    if len(head.columns) < 2:
        return 0.0
    return 0.5 if columns.fits(head.columns) else 0.1


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Rows by the columns that hints and `--map` choose, of JSON also those that come later on."""
    no_list(options, source.name)
    chosen = columns.choose(head.columns, options.columns, source.name)
    return read_as(source, head, options, chosen, PLATFORM, columns.late_hints(chosen))


def time_columns(head: Head, options: ReadOptions, name: str) -> tuple[str, ...]:
    """The columns whose dates may need to show whether day or month comes first."""
    return times_in(columns.choose(head.columns, options.columns, name), options)


def times_in(chosen: Mapping[str, str], options: ReadOptions) -> tuple[str, ...]:
    """Those of the columns chosen; `--time-format` is about the posts' times only."""
    fields = ("account_created_at",) if options.time_format else ("time", "account_created_at")
    return tuple(chosen[field] for field in fields if field in chosen)


def read_as(
    source: Source,
    head: Head,
    options: ReadOptions,
    chosen: Mapping[str, str],
    platform: str,
    late: columns.Hints = NO_HINTS,
) -> Iterator[Tables]:
    """Rows by the columns chosen; `platform` is the default where neither the user nor the table says.

    `late`: hints for columns that the head did not have.
    """
    shape = Shape(chosen, options.platform or platform, options.time_format, options.dates.day_first)
    told = "told by its column" if "platform" in chosen else shape.platform
    yield Tables(said=(f"columns: {columns.say(chosen)}; platform: {told}{options.dates.remark(source.name)}",))
    known = as_they_come(frames(source, head, options, tuple(chosen.values())), head, chosen, late)
    for frame, fields, said in known:
        if said:
            shape = replace(shape, columns=fields)
            yield Tables(said=said)
        if frame.rows.height:
            _refuse_nested(frame.rows, fields, source.name)
            yield to_tables(frame.rows, shape, frame.lines)
        if frame.broken.height:
            yield Tables(rejected=frame.broken, rows=frame.broken.height)


def _refuse_nested(rows: pl.DataFrame, chosen: Mapping[str, str], name: str) -> None:
    """Only lists of hashtags, mentions and addresses may be lists."""
    for field, column in chosen.items():
        if field not in LISTS and rows.schema[column].is_nested():
            raise LoadError(f"{name}: column {column} holds lists or objects, so it cannot be the {field}; map another")
