"""Answers of a database made into the frame that a stored query's header promises, the same from both stores."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from campaign_cypher.errors import StoreError
from campaign_cypher.queries import StoredQuery
from campaign_cypher.queries.query import Kind

FRAME_TYPES: Mapping[Kind, pl.DataType] = {
    "string": pl.String(),
    "integer": pl.Int64(),
    "float": pl.Float64(),
    "boolean": pl.Boolean(),
    "time": pl.Datetime("us", "UTC"),
    "strings": pl.List(pl.String()),
    "graph": pl.String(),
}


def answer(query: StoredQuery, raw: pl.DataFrame, lists: tuple[str, ...]) -> pl.DataFrame:
    """The raw frame with the query's columns, in order and typed; `lists` are spread to a row for each entry.

    A time in a column of whole numbers becomes milliseconds since 1970 (UTC). Raises StoreError where the text
    did not give the columns that its header promises.
    """
    if set(raw.columns) != set(query.columns):
        raise StoreError(f"query {query.id} gave {', '.join(raw.columns)}, its header says {', '.join(query.columns)}")
    if lists:
        raw = raw.explode(*lists)
    return raw.select(_column(query, raw, field.name, field.kind) for field in query.fields)


def _column(query: StoredQuery, raw: pl.DataFrame, name: str, kind: Kind) -> pl.Expr:
    have, column = raw.schema[name], pl.col(name)
    if isinstance(have, pl.Datetime):
        if kind == "integer":
            return column.dt.epoch("ms")
        column = column.dt.replace_time_zone("UTC") if have.time_zone is None else column.dt.convert_time_zone("UTC")
    column = column.cast(FRAME_TYPES[kind])
    return column.list.sort() if name in query.unordered else column
