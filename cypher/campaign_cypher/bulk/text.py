"""CSV as `neo4j-admin database import` reads it: a header that names types and id spaces, nulls as empty fields."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from campaign_cypher.model import NODE, RELATIONSHIP, Property, ValueType

_TYPES: dict[ValueType, str] = {
    "string": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
    "time": "datetime",
}
_TIMES = "%Y-%m-%dT%H:%M:%S%.fZ"
COMMAND = ("database", "import", "full")
OPTIONS = ("--multiline-fields=true",)
"""Texts have line breaks."""


def header_of(name: str) -> str:
    """The header line of a label or relationship type of the model."""
    if name in NODE:
        node = NODE[name]
        return ",".join(f"{p.name}:ID({name})" if p.name == node.key else _field(p) for p in node.properties)
    kind = RELATIONSHIP[name]
    ends = (f":START_ID({kind.source})", f":END_ID({kind.target})")
    return ",".join((*ends, *map(_field, kind.properties)))


def csv_of(frame: pl.DataFrame, path: Path, header: str | None) -> None:
    """Write a frame with the model's columns. An empty string is `""`, a null is nothing; times are UTC."""
    with path.open("wb") as file:
        if header is not None:
            file.write(f"{header}\n".encode())
        frame.write_csv(file, include_header=False, datetime_format=_TIMES)


def _field(property: Property) -> str:
    return f"{property.name}:{_TYPES[property.type]}"
