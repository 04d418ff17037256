"""The query library as favourites of Neo4j Browser: a zip of `<theme>/<name>.cypher` that is dropped on its page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from campaign_cypher.queries.query import Parameter, StoredQuery

from campaign.browser.links import filled, literal

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same queries give the same bytes
_EXAMPLES = {
    "string": "…",
    "strings": ["…"],
    "integer": 0,
    "float": 0.0,
    "boolean": False,
    "time": datetime(2024, 3, 4, 18, tzinfo=UTC),
}


def write_favourites(path: Path, queries: Iterable[StoredQuery]) -> int:
    """Write the zip of those queries that are for people; how many there are. Raises OSError."""
    shown = for_people(queries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for query in shown:
            zipped.writestr(zipfile.ZipInfo(f"{query.id}.cypher", _LONG_AGO), favourite(query))
    return len(shown)


def for_people(queries: Iterable[StoredQuery]) -> list[StoredQuery]:
    """Without those that only serve a command."""
    return [query for query in queries if not query.for_program]


def favourite(query: StoredQuery) -> str:
    """A query as Browser keeps it: the first line is its name.

    What has a default is filled in, to be changed by hand; what must be given stays a parameter, since one `:param`
    then serves every favourite that asks for it.
    """
    wanted = [f"// {setting(p)}  sets {p.meaning}" for p in query.parameters if p.required]
    return "\n".join([f"// {query.title}", f"// {query.answers}", *wanted, f"{filled(query, {})};", ""])


def setting(parameter: Parameter) -> str:
    """The command that gives a parameter its value in Browser."""
    return f":param {parameter.name} => {literal(_EXAMPLES.get(parameter.kind))}"
