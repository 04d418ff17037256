"""Batches made ready to be written: the model's columns and types, no repeated keys, clear complaints."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from campaign_cypher.errors import StoreError
from campaign_cypher.merge import collapse
from campaign_cypher.model import NODE, RELATIONSHIP, Property, ValueType
from campaign_cypher.store import GraphBatch

POLARS_TYPES: Mapping[ValueType, pl.DataType] = {
    "string": pl.String(),
    "integer": pl.Int64(),
    "float": pl.Float64(),
    "boolean": pl.Boolean(),
    "time": pl.Datetime("us", "UTC"),
}


def ready(batch: GraphBatch) -> GraphBatch:
    """The batch with every column of the model, in its order and of its type, and one row for each key.

    Raises StoreError where a label, type or column is unknown, a key is missing or a value does not fit.
    """
    nodes = {label: node_frame(label, frame) for label, frame in batch.nodes.items() if frame.height}
    relationships = {
        type_: relationship_frame(type_, frame) for type_, frame in batch.relationships.items() if frame.height
    }
    return GraphBatch(nodes=nodes, relationships=relationships)


def node_frame(label: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Nodes of a label, typed, one row for each key."""
    if label not in NODE:
        raise StoreError(f"unknown label {label}: the model has {', '.join(NODE)}")
    node = NODE[label]
    return collapse(node, _typed(label, frame, node.properties, (node.key,)))


def relationship_frame(type_: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Relationships of a type, typed, one row for each that is told apart (`RelationshipType.unique`): the first."""
    if type_ not in RELATIONSHIP:
        raise StoreError(f"unknown relationship {type_}: the model has {', '.join(RELATIONSHIP)}")
    kind = RELATIONSHIP[type_]
    ends = (Property("source", "string", ""), Property("target", "string", ""))
    typed = _typed(type_, frame, ends + kind.properties, ("source", "target", *kind.keys))
    return typed.unique(kind.unique, keep="first", maintain_order=True)


def _typed(name: str, frame: pl.DataFrame, properties: tuple[Property, ...], needed: tuple[str, ...]) -> pl.DataFrame:
    wanted = {p.name: POLARS_TYPES[p.type] for p in properties}
    if unknown := [c for c in frame.columns if c not in wanted]:
        raise StoreError(f"{name} has no property {', '.join(unknown)}: the model has {', '.join(wanted)}")
    try:
        typed = frame.select(_cast(frame, column, dtype) for column, dtype in wanted.items())
    except pl.exceptions.PolarsError as error:
        raise StoreError(f"{name}: a value does not fit the model: {str(error).splitlines()[0]}") from error
    for column in needed:
        if typed[column].null_count():
            raise StoreError(
                f"{name}: {typed[column].null_count()} rows have no {column}, by which they are told apart"
            )
    return typed


def _cast(frame: pl.DataFrame, column: str, dtype: pl.DataType) -> pl.Expr:
    if column not in frame.columns:
        return pl.lit(None, dtype).alias(column)
    have = frame.schema[column]
    if isinstance(have, pl.Datetime) and have.time_zone is None and isinstance(dtype, pl.Datetime):
        return pl.col(column).dt.replace_time_zone("UTC").cast(dtype)
    return pl.col(column).cast(dtype)
