"""The embedded store: one file, no server (ladybug, the maintained continuation of Kùzu)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from campaign_cypher import schema
from campaign_cypher.answers import answer
from campaign_cypher.embedded_file import File
from campaign_cypher.embedded_write import Writer
from campaign_cypher.errors import StoreError
from campaign_cypher.frames import ready
from campaign_cypher.model import NODE, PROPERTIES, RELATIONSHIP
from campaign_cypher.queries import StoredQuery
from campaign_cypher.queries.header import body
from campaign_cypher.queries.query import Dialect, Text
from campaign_cypher.store import About, GraphBatch, Written


class EmbeddedStore:
    """A graph in one file. One process writes at a time; any number may read while none writes."""

    dialect: Dialect = "embedded"
    batch_rows: int | None = None

    def __init__(self, path: Path, *, read_only: bool = False, force: bool = False) -> None:
        """Open the file, or make it (not if `read_only`).

        Raises StoreError where the file is in use, is none of ours, or is of a newer version; `force` lets a file
        that holds somebody else's tables through.
        """
        self.address = str(path)
        self._force = force
        self._file = File(path, read_only)
        try:
            self._refuse_newer()
        except BaseException:
            self._file.close()
            raise

    def apply_schema(self) -> list[str]:
        """Make the tables and columns that are missing and record the version; the names of those made now."""
        there, found = self._tables(), self._version()
        wanted = schema.embedded_tables()
        if schema.LABEL not in there and there and not self._force:
            names = ", ".join(sorted(there)[:5])
            raise StoreError(f"{self.address} holds somebody else's tables ({names}): choose another file, or --force")
        missing = [name for name in wanted if name not in there]
        for name in missing:
            self._file.run(wanted[name])
        columns = [(t, c) for t, c in self._missing_columns(there) if found is not None]
        for table, column in columns:
            self._file.run(schema.embedded_column(table, column))
        record = f"MERGE (s:{schema.LABEL} {{version: $version}}) ON CREATE SET s.name = $name"
        self._file.run(record, {"version": schema.VERSION, "name": schema.FILE.stem})
        return [*missing, *(f"{table}.{column}" for table, column in columns), *schema.upgraded(found)]

    def write(self, batch: GraphBatch) -> Written:
        """Merge a batch; see `campaign_cypher.merge` for what becomes of nodes that are there already.

        A relationship that is there keeps its properties. Nothing is written where a batch is not whole: a
        relationship whose end is neither in the store nor in the batch raises StoreError.
        """
        return Writer(self._file).write(ready(batch))

    def read(self, query: StoredQuery, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        text = query.text_for(self.dialect)
        bound = query.bind(parameters)
        try:
            raw = pl.concat([self._file.frame(part, _used(part, bound)) for part in _parts(text)])
        except StoreError as error:
            raise self._older() or error from error
        for column, label in text.codes:
            raw = raw.with_columns(self._keys(label, raw[column]).alias(column))
        return answer(query, raw, text.lists)

    def _keys(self, label: str, numbers: pl.Series) -> pl.Series:
        """The keys of nodes of a label, by their numbers here: read once a node, not once a row."""
        every = self._file.frame(f"MATCH (n:{label}) RETURN offset(id(n)) AS number, n.{NODE[label].key} AS key")
        known = every["number"].to_numpy()
        row = np.zeros(int(known.max(initial=-1)) + 1, dtype=np.int64)
        row[known] = np.arange(every.height)
        return every["key"].gather(row[numbers.to_numpy()])

    def counts(self) -> dict[str, int]:
        there = self._tables()
        return {name: self._file.count(name) if name in there else 0 for name in [*NODE, *RELATIONSHIP]}

    def about(self) -> About:
        version = self._file.frame("CALL db_version() RETURN *").row(0)[0]
        there = self._tables()
        missing = [name for name in schema.embedded_tables() if name not in there]
        missing += [f"{table}.{column}" for table, column in self._missing_columns(there)]
        return About(f"ladybug {version}", {}, missing, has_schema=schema.LABEL in there)

    def delete_run(self, run: str) -> dict[str, int]:
        before = self.counts()
        for text in (
            "MATCH (g:`Group`) WHERE g.run = $run DETACH DELETE g",
            "MATCH (:Account)-[e:COORDINATED_WITH]->(:Account) WHERE e.run = $run DELETE e",
            "MATCH (r:Run) WHERE r.id = $run DETACH DELETE r",
        ):
            self._file.run(text, {"run": run})
        after = self.counts()
        return {name: before[name] - after[name] for name in before if before[name] != after[name]}

    def release(self) -> None:
        self._file.reopen()

    def close(self) -> None:
        """Release the file, so that another process may open it."""
        self._file.close()

    def _tables(self) -> set[str]:
        return set(self._file.frame("CALL show_tables() RETURN name")["name"])

    def _missing_columns(self, tables: set[str]) -> list[tuple[str, str]]:
        """Properties of the model that these tables lack, as (table, property)."""
        known = [name for name in PROPERTIES if name in tables]
        have = {name: set(self._file.frame(f"CALL table_info('{name}') RETURN name")["name"]) for name in known}
        return [(name, p.name) for name in known for p in PROPERTIES[name] if p.name not in have[name]]

    def _version(self) -> int | None:
        """The newest version of the schema that was applied here."""
        if schema.LABEL not in self._tables():
            return None
        found = self._file.frame(f"MATCH (s:{schema.LABEL}) RETURN max(s.version) AS version")["version"][0]
        return None if found is None else int(found)

    def _older(self) -> StoreError | None:
        """Why a question that names what is new in the model cannot be answered by an older store."""
        found = self._version()
        if found is None or found >= schema.VERSION:
            return None
        return StoreError(
            f"{self.address} was made by an older campaign (schema {found}, this one asks {schema.VERSION}): "
            "load its files into it once more (campaign load), which adds what is new"
        )

    def _refuse_newer(self) -> None:
        found = self._version()
        if found is not None and found > schema.VERSION:
            raise StoreError(
                f"{self.address} was written by a newer campaign (schema {found}, this one knows {schema.VERSION}): "
                "update campaign, or use another store"
            )


def _parts(text: Text) -> list[str]:
    """What is asked one after the other: ladybug keeps the parts of a UNION ALL until it has all, in any order."""
    return body(text.cypher).split("\nUNION ALL\n")


def _used(cypher: str, bound: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the parameters that a text has."""
    return {name: value for name, value in bound.items() if f"${name}" in cypher}
