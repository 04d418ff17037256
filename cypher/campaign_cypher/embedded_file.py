"""One open ladybug file: statements in, frames out, its errors in a user's words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from campaign_cypher.errors import StoreError
from campaign_cypher.model import NODE, PROPERTIES
from campaign_cypher.schema import quoted

_ROOM = 200 * 1024 * 1024
_DAMAGED = ("outside the database file", "past the end", "out of bounds", "corrupted", "basic_string")


class File:
    """A ladybug database and its one connection that writes. Any number of threads may read (`frame`) meanwhile.

    Every statement is its own transaction. That is on purpose: in ladybug 0.22 a file whose COPY of nodes was rolled
    back, by us or by an error, writes to its shadow file without end at the first COPY after it is opened again.
    A process that is killed leaves no such file. Hence everything is checked before a COPY, and none is undone.
    """

    def __init__(self, path: Path, read_only: bool) -> None:
        self.path, self._read_only = path, read_only
        _check_path(path, read_only)
        self._open()

    def _open(self) -> None:
        import ladybug

        try:
            self._database = ladybug.Database(self.path, read_only=self._read_only)
            self._connection = ladybug.Connection(self._database)
            self._connection.execute("CALL show_tables() RETURN name")
        except (RuntimeError, ValueError, IndexError) as error:  # a damaged file fails in many ways
            raise StoreError(_in_words(self.path, str(error))) from error
        self._readers: list[Any] = []

    def reopen(self) -> None:
        """Give back the memory of what was read: ladybug keeps pages and tables of joins for as long as it is open.

        Raises StoreError where another process takes the file in the moment between.
        """
        self.close()
        self._open()

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Run a statement; its ladybug result. Frames are parameters too (`COPY … FROM $frame`).

        A frame goes in as one chunk: ladybug stops reading at an empty one, and says nothing of the rest.
        """
        return self._run(self._connection, statement, parameters)

    def _run(self, connection: Any, statement: str, parameters: Mapping[str, Any] | None) -> Any:
        whole = {k: v.rechunk() if isinstance(v, pl.DataFrame) else v for k, v in (parameters or {}).items()}
        try:
            return connection.execute(statement, whole)
        except RuntimeError as error:
            raise StoreError(_in_words(self.path, str(error))) from error

    def frame(self, statement: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """Run a statement that reads; its rows as a frame."""
        with self._reader() as connection:
            result = self._run(connection, statement, parameters)
            try:
                frame: pl.DataFrame = result.get_as_pl()
            finally:
                result.close()
        return frame

    @contextmanager
    def _reader(self) -> Iterator[Any]:
        """A connection that nobody else uses: two statements of one would wait for each other."""
        import ladybug

        try:
            reader = self._readers.pop()
        except IndexError:
            reader = ladybug.Connection(self._database)
        try:
            yield reader
        finally:
            self._readers.append(reader)

    def copy(self, table: str, frame: pl.DataFrame) -> None:
        """Append rows to a table, whose columns the frame has, all of them and in order."""
        self._refuse_full_disk(frame)
        try:
            self.run(f"COPY {quoted(table)} FROM $frame", {"frame": frame}).close()
        except StoreError as error:
            raise StoreError(f"{error}; this file may take no more: load again into a new one") from error

    def count(self, name: str) -> int:
        """Number of nodes of a label or relationships of a type."""
        pattern = f"(n:{quoted(name)})" if name in NODE else f"()-[n:{quoted(name)}]->()"
        return int(self.frame(f"MATCH {pattern} RETURN count(n) AS n")["n"][0])

    def close(self) -> None:
        for connection in (*self._readers, self._connection):
            connection.close()
        self._database.close()

    def _refuse_full_disk(self, frame: pl.DataFrame) -> None:
        """A COPY that fails for want of room would be rolled back: see the class."""
        free = shutil.disk_usage(self.path.parent).free
        if free < _ROOM + 4 * frame.estimated_size():
            raise StoreError(f"{self.path.parent} has only {free // 2**20} MiB free: make room, then run this again")


def _check_path(path: Path, read_only: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a store: give a file, for example {path / 'campaign.lbug'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} is not there: make it, or choose another place")
    if read_only:
        refuse_nothing(path)


def refuse_nothing(path: Path) -> None:
    """Raises StoreError where there is no file to be read, or one of no bytes: to open it for writing would make it."""
    if not path.exists():
        raise StoreError(f"no store at {path}: load posts first (campaign load), or say where it is with --store")
    if path.is_file() and not path.stat().st_size:
        raise StoreError(
            f"{path} is an empty file (0 bytes) and holds no store, as after a copy that broke off: copy it again, or "
            "load posts into it (campaign load)"
        )


def _in_words(path: Path, message: str) -> str:
    first = message.strip().splitlines()[0] if message.strip() else "no reason given"
    if "set lock" in message:
        return f"{path} is in use by another process: wait until it has ended, or close it there"
    if "not a valid" in message:
        return f"{path} is not a campaign store (nor any ladybug file): choose another file with --store"
    if any(sign in message for sign in _DAMAGED):
        return f"{path} is damaged ({first[:100]}): load again into a new file, or take a copy of it"
    if "Permission denied" in message or "Read-only file system" in message:
        return f"{path} may not be written or read by you: mend its rights, or choose another file with --store"
    missing = re.search(r"Table (\w+) does not exist", message)
    if missing and missing[1] in PROPERTIES:
        return (
            f"{path} was made by an older campaign and has no {missing[1]} yet: load anything into it "
            "(`campaign load`), which adds what is missing"
        )
    return f"{path}: {first}"
