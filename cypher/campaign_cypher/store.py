"""The one seam between code and database: what every store can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import polars as pl

from campaign_cypher.queries import Dialect, StoredQuery


@dataclass(frozen=True)
class GraphBatch:
    """Nodes and relationships to be written.

    `nodes[label]` has a column per property of the model (missing ones are left alone, nulls change nothing),
    the key without nulls. `relationships[type]` has `source` and `target` (keys of the two nodes, which must be in
    the store or in this batch) and the type's properties. Times are Datetime('us', 'UTC').
    """

    nodes: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    relationships: Mapping[str, pl.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """What a write did, by label and relationship type: rows that are new, and rows that were there already."""

    new: Mapping[str, int]
    there: Mapping[str, int]


@dataclass(frozen=True)
class About:
    """What a store is: its program and version, its plugins (None: not there), and what of the schema is missing."""

    version: str
    plugins: Mapping[str, str | None]
    missing: list[str]
    has_schema: bool


class Sink(Protocol):
    """What a load writes to: a store, or files for one."""

    @property
    def batch_rows(self) -> int | None:
        """Rows of a label or type that a batch should have, at most; None where it does not matter."""
        ...

    address: str
    """Path or URI, without secrets: what may be shown."""

    def apply_schema(self) -> list[str]:
        """Create what is missing of constraints, tables and indexes; return the names of what was applied now."""
        ...

    def write(self, batch: GraphBatch) -> Written:
        """Merge a batch; a second write of it changes nothing. Raises StoreError where counts do not agree."""
        ...

    def counts(self) -> dict[str, int]:
        """Number of nodes of each label and of relationships of each type of the model."""
        ...


@runtime_checkable
class Readable(Protocol):
    """What can be asked."""

    def read(self, query: StoredQuery, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """Run a stored query that only reads; a frame with exactly the query's columns, in order.

        Times come back as Datetime('us', 'UTC'). Missing parameters take the query's defaults; unknown or missing
        ones raise StoreError. Several threads may read at a time.
        """
        ...


class Store(Sink, Readable, Protocol):
    """A graph database. All text that reaches it is a stored query or derived from the model."""

    dialect: Dialect

    def release(self) -> None:
        """Give back the memory that is kept of what was read, where a store keeps any."""
        ...

    def about(self) -> About:
        """Version, plugins, and the names of what `apply_schema` would make; changes nothing."""
        ...

    def delete_run(self, run: str) -> dict[str, int]:
        """Remove a run with its groups, memberships and edges; return what was removed by label and type."""
        ...

    def close(self) -> None: ...
