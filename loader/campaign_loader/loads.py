"""What the graph keeps of each file: that it was begun, and how it ended. So a graph can say what it is made of.

Of a load that was killed no end is there, whatever of its rows has been written; its next run writes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
from campaign_cypher.store import GraphBatch, Sink

from campaign_loader.report import FileReport
from campaign_loader.source import Source
from campaign_loader.tables import Tables

ROWS = 100_000
"""Ends wait until so many rows have been read since the last was written: a write has its fixed cost, and a folder may
have thousands of small files."""


class Loads:
    """Writes the nodes of one load's files. They are no rows of the files, and counted among none."""

    def __init__(self, store: Sink) -> None:
        self._store = store
        self._sums: dict[str, tuple[str, int]] = {}
        self._ended: list[dict[str, Any]] = []
        self._rows = 0

    def begin(self, names: Iterable[str], say: Callable[[str], None]) -> None:
        """Write that these files are to be loaded, before anything of them; a stream is known at its end only."""
        for name in names:
            if name != "-" and Path(name).is_file():
                say(name)
                with Path(name).open("rb") as file:
                    self._sums[name] = (hashlib.file_digest(file, "sha256").hexdigest(), Path(name).stat().st_size)
        self._write([_row(name, *known) for name, known in self._sums.items()])

    def end(self, source: Source, file: FileReport, platforms: set[str]) -> None:
        """Note how a file ended, after all of it is written."""
        known = source.streamed() or self._sums[source.name]
        file.sha256 = known[0]
        end = {
            "format": file.format,
            "platform": ", ".join(sorted(platforms)) or None,
            "rows": file.rows,
            "posts": file.posts,
            "rejected": file.rejected,
            "whole": file.damage is None,
            "version": version("campaign"),
            "finished_at": datetime.now(UTC).replace(microsecond=0),
        }
        self._ended.append(_row(source.name, *known) | end)
        self._rows += file.rows
        if self._rows >= ROWS:
            self.write()

    def write(self) -> None:
        """Write the ends that wait; to be called last."""
        self._write(self._ended)
        self._ended, self._rows = [], 0

    def _write(self, rows: list[dict[str, Any]]) -> None:
        for part in pl.DataFrame(rows, infer_schema_length=None).iter_slices(self._store.batch_rows or len(rows) or 1):
            self._store.write(GraphBatch({"Load": part}))


def platforms(tables: Tables) -> set[str]:
    """The platforms of whom a chunk tells."""
    lists = (tables.follows, tables.likes, tables.retweeted, tables.statuses)
    keys = (*(frame["account"] for frame in lists), tables.gone["post"])
    named = (name for column in keys for name in column.str.extract("^([^:]*):").unique())
    return {name for name in (*tables.accounts["platform"].unique(), *named) if name}


def _row(name: str, sha256: str, size: int) -> dict[str, Any]:
    """What is known of a file before it is read. Its folder stays out: nobody else's matter."""
    bare = Path(name).name
    return {"id": f"{bare}@{sha256}", "name": bare, "sha256": sha256, "size": size}
