"""The graph by py2neo, for notebooks that were written with it: `pip install 'campaign[py2neo]'`.

py2neo has come to its end (2021.2.4 is the last release) and speaks Bolt up to 4.3 only; campaign itself uses the
official driver. Tried with Neo4j 5.26 and 2026.08, by Bolt without encryption: running Cypher, matching, creating,
merging, pushing and deleting nodes and relationships, subgraphs, transactions and py2neo.bulk work. These do not:

- `graph.schema`: it makes and lists constraints and indexes in words that Neo4j 5 removed (names of labels and types
  it gives). `apply_schema` does it.
- times as parameters: with Python's own UTC py2neo cannot send them, and with `pytz.utc` they arrive as `…Z[UTC]`,
  which Cypher does not take as equal to the `…Z` that is stored, so that a bound loses what lies on it. `ask` sends
  them rightly; elsewhere send text and say `datetime($text)`.
- times in answers, `to_native()`: it forgets the zone. `ask` keeps it.
- subgraphs with several relationships of a type between two nodes: py2neo keeps one; `runs/edges` has all.
- a wrong password: py2neo says "Connection has been closed". `connect` says what it may be.
- http:// addresses: Neo4j 5 has no such endpoint any more. Name the Bolt address.
- pandas: `to_data_frame` wants it installed; `ask` gives polars.

One thread at a time: py2neo's pool was not tried with more. Nor were encrypted addresses (Aura, `neo4j+s://`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import polars as pl
from campaign_cypher import queries, schema
from campaign_cypher.answers import answer
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_rows import frame_of
from campaign_cypher.queries.header import body
from campaign_cypher.queries.query import StoredQuery

from campaign.settings import resolve


def connect(store: str | None = None, *, database: str | None = None) -> Any:
    """A `py2neo.Graph` of the Neo4j that the commands would take: URI, user and password as docs/graph.md says.

    Close it with `close`. Raises StoreError where py2neo is not installed, the store is no Neo4j, or it does not let
    us in.
    """
    target = resolve(store, database=database)
    if not target.is_neo4j:
        raise StoreError(f"{target.address} is no Neo4j: py2neo wants one; campaign.notebook reads any store")
    try:
        from py2neo import Graph
    except ImportError as error:
        raise StoreError("py2neo is not installed: pip install 'campaign[py2neo]'") from error
    with _in_words(target.address):
        return Graph(target.address, auth=(target.username, target.password), name=target.database)


def close(graph: Any) -> None:
    """Close the graph's connections, which py2neo itself leaves open until Python ends. Connect again to go on."""
    graph.service.connector.close()


def ask(graph: Any, query: str, **parameters: Any) -> pl.DataFrame:
    """The answer of a stored query, the same frame as `campaign.notebook.ask` gives.

    Raises StoreError where the query is unknown, a parameter does not fit, or it draws a picture (`picture` runs it).
    """
    asked = queries.get(query)
    if any(field.kind == "graph" for field in asked.fields):
        raise StoreError(f"query {query} gives nodes and relationships: run it with picture, not ask")
    found = _run(graph, asked, parameters)
    rows = [[_native(value) for value in row] for row in found]
    return answer(asked, frame_of(asked, list(found.keys()), rows, asked.neo4j.lists), ())


def picture(graph: Any, query: str, **parameters: Any) -> Any:
    """The nodes and relationships that a stored query draws, a `py2neo.Subgraph`. Raises StoreError as `ask` does."""
    from py2neo import Subgraph
    from py2neo.data import Node

    found = [row[0] for row in _run(graph, queries.get(query), parameters, EACH_ONCE)]
    nodes = [entity for entity in found if isinstance(entity, Node)]
    return Subgraph(nodes, [entity for entity in found if not isinstance(entity, Node)])


EACH_ONCE = """CALL () {{ {text} }} UNWIND [{columns}] AS `each one`
WITH DISTINCT `each one` WHERE `each one` IS NOT NULL
RETURN `each one` ORDER BY `each one` IS :: NODE DESC"""
"""For each relationship py2neo asks for both its nodes, but for those that it has: hence each once, nodes first."""


def apply_schema(graph: Any) -> list[str]:
    """Make the constraints and indexes of docs/graph.md that are missing; the names of all. What `graph.schema` cannot.

    Raises StoreError where data that is there breaks one, or the user may not make any.
    """
    wanted = schema.constraints_and_indexes()
    with _in_words(graph.service.uri):
        for statement in wanted.values():
            graph.run(statement)
    return list(wanted)


def _run(graph: Any, query: StoredQuery, parameters: dict[str, Any], frame: str = "{text}") -> Any:
    text = frame.format(text=body(query.text_for("neo4j").cypher), columns=", ".join(query.columns))
    bound = {name: _sendable(value) for name, value in query.bind(parameters).items()}
    with _in_words(graph.service.uri):
        return graph.run(text, bound)


class _Zone(tzinfo):
    """UTC without a name. py2neo asks for offsets in a way that Python's own zone refuses, and pytz's has a name."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(0)

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, _: datetime | None) -> None:
        return None


def _sendable(value: Any) -> Any:
    return value.astimezone(_Zone()) if isinstance(value, datetime) else value


def _native(value: Any) -> Any:
    """A time of py2neo's as Python's; its own `to_native` forgets the zone."""
    if isinstance(value, list):
        return [_native(entry) for entry in value]
    if not hasattr(value, "to_native"):
        return value
    native, zone = value.to_native(), getattr(value, "tzinfo", None)
    return native.replace(tzinfo=zone).astimezone(UTC) if zone else native


@contextmanager
def _in_words(address: str) -> Iterator[None]:
    """Turn py2neo's errors into one line each: what, where, what to do."""
    from py2neo.errors import ConnectionUnavailable, Neo4jError

    try:
        yield
    except ConnectionUnavailable as error:
        raise StoreError(
            f"py2neo is not let in at {address} ({error}): see that a Neo4j runs there, and check NEO4J_USERNAME and "
            "NEO4J_PASSWORD; of a wrong password py2neo says no more"
        ) from error
    except Neo4jError as error:
        raise StoreError(f"{address}: {str(error).splitlines()[0]}") from error
