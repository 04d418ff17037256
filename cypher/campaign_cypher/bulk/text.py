"""CSV as `neo4j-admin database import` reads it: a header that names types, nodes by number, nulls as empty fields."""

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
OPTIONS = ("--multiline-fields=true", "--id-type=integer")
"""Texts have line breaks. Numbers for nodes: the importer takes a third less than by their keys."""


def header_of(name: str) -> str:
    """The header line of a label or relationship type of the model."""
    if name in NODE:
        return ",".join((":ID", *map(_field, NODE[name].properties)))
    return ",".join((":START_ID", ":END_ID", *map(_field, RELATIONSHIP[name].properties)))


def append_csv(frame: pl.DataFrame, path: Path, name: str) -> None:
    """Write a frame, numbers first, then the model's columns; a new file begins with the header of `name`.

    An empty string is `""`, a null is nothing; times are UTC.
    """
    with path.open("ab") as file:
        if not file.tell():
            file.write(f"{header_of(name)}\n".encode())
        frame.write_csv(file, include_header=False, datetime_format=_TIMES)


def _field(property: Property) -> str:
    return f"{property.name}:{_TYPES[property.type]}"
