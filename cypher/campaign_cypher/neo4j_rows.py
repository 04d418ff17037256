"""Records of Neo4j made into frames; fast for answers that come as lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

import neo4j.graph
import neo4j.time
import polars as pl

from campaign_cypher.answers import FRAME_TYPES
from campaign_cypher.queries import StoredQuery
from campaign_cypher.queries.query import Kind


def frame_of(query: StoredQuery, names: Sequence[str], rows: list[list[Any]], lists: Sequence[str]) -> pl.DataFrame:
    """A frame of the rows, typed as the query's header says; columns in `lists` give a row for each entry."""
    kinds: dict[str, Kind] = {field.name: field.kind for field in query.fields}
    by_name = dict(zip(names, zip(*rows, strict=True) if rows else ((),) * len(names), strict=True))
    series = {}
    lengths = pl.Series([len(entries) for entries in by_name[lists[0]]], dtype=pl.Int64) if lists else None
    for name, values in by_name.items():
        dtype = FRAME_TYPES.get(kinds.get(name, "string"))
        if lengths is None:
            series[name] = pl.Series(name, [_plain(value) for value in values], dtype)
        elif name in lists:
            series[name] = pl.Series(name, list(chain.from_iterable(values)), dtype)
        else:
            repeated = pl.int_range(len(values), eager=True).repeat_by(lengths).explode()
            series[name] = pl.Series(name, values, dtype).gather(repeated.drop_nulls())
    return pl.DataFrame(series)


def _plain(value: Any) -> Any:
    if isinstance(value, neo4j.time.DateTime):
        return value.to_native()
    if isinstance(value, neo4j.graph.Entity | neo4j.graph.Path):
        return json.dumps(_graph(value), ensure_ascii=False, default=str)
    return value


def _graph(value: neo4j.graph.Entity | neo4j.graph.Path) -> dict[str, Any]:
    if isinstance(value, neo4j.graph.Path):
        return {"nodes": [_graph(n) for n in value.nodes], "relationships": [_graph(r) for r in value.relationships]}
    if isinstance(value, neo4j.graph.Node):
        return {"labels": sorted(value.labels), **dict(value)}
    assert isinstance(value, neo4j.graph.Relationship)  # noqa: S101  # the third kind that there is
    return {"type": value.type, **dict(value)}
