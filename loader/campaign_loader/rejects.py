"""The file of rejected rows: nothing is lost silently."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from campaign_loader.errors import LoadError


class RejectFile:
    """JSON lines {file, line, reason, row}; added to, without repeating what it holds; made when first needed."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.used = False
        self._known: set[int] | None = None

    def add(self, source: str, rejected: pl.DataFrame) -> None:
        """Keep rejected rows (columns of `tables.REJECTED`) of a source."""
        if self.path is None or rejected.is_empty():
            return
        frame = rejected.select(pl.lit(source).alias("file"), "line", "reason", "row")
        lines = frame.select(pl.struct(pl.all()).struct.json_encode()).to_series()
        try:
            known = self._read()
            with self.path.open("a", encoding="utf-8") as file:
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
                    self._known.update(hash(line.rstrip("\n")) for line in file)
        return self._known
