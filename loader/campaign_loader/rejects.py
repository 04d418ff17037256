"""The file of rejected rows: nothing is lost silently."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from campaign_loader.errors import LoadError, RejectFileError

OURS = re.compile(rb'\{"file":"(?:[^"\\]|\\.)*","line":(?:\d+|null),"reason":')
BEGINNING = 1 << 16


class RejectFile:
    """JSON lines {file, line, reason, row}; added to, without repeating what it holds; made when first needed.

    Raises RejectFileError where the file holds something else, which must not be added to.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.used = False
        self._known: set[int] | None = None
        self._broken_off = False  # a load was killed in the middle of its last line
        if path is not None:
            _refuse_others(path)

    def add(self, source: str, rejected: pl.DataFrame) -> None:
        """Keep rejected rows (columns of `tables.REJECTED`) of a source."""
        if self.path is None or rejected.is_empty():
            return
        frame = rejected.select(pl.lit(source).alias("file"), "line", "reason", "row")
        lines = frame.select(pl.struct(pl.all()).struct.json_encode()).to_series()
        try:
            known = self._read()
            with self.path.open("a", encoding="utf-8") as file:
                if self._broken_off:
                    file.write("\n")
                    self._broken_off = False
                for line in lines:
                    if hash(line) not in known:
                        known.add(hash(line))
                        file.write(line + "\n")
        except OSError as error:
            raise LoadError(
                f"{self.path}: rejected rows cannot be kept there ({error.strerror}); name a file with --rejects"
            ) from error
        self.used = True

    def _read(self) -> set[int]:
        if self._known is None:
            self._known = set()
            if self.path and self.path.exists():
                with self.path.open(encoding="utf-8", errors="replace") as file:
                    for line in file:
                        self._known.add(hash(line.rstrip("\n")))
                        self._broken_off = not line.endswith("\n")
        return self._known


def _refuse_others(path: Path) -> None:
    """Raise where a file begins with something else than a rejected row. What is no file (a pipe) is not looked at."""
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            beginning = file.read(BEGINNING)
    except OSError:
        return  # said when a row is to be kept there
    if beginning and not OURS.match(beginning):
        raise RejectFileError(
            f"{path}: holds something else than rejected rows, and was left as it is; nothing was loaded: "
            "name another file with --rejects"
        )
