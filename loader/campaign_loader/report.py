"""What a load did, counted from the file to the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class FileReport:
    """One input: how it was read and how it ended."""

    name: str
    format: str
    said: list[str] = field(default_factory=list)
    rows: int = 0
    posts: int = 0
    merged: int = 0
    """Rows that told more about a post of another row: one row a hashtag, or the same post twice."""
    rejected: int = 0
    new_posts: int = 0
    """Posts that the store did not hold, placeholders included."""
    sha256: str | None = None
    """Of its bytes as they are, packed or not; None where nothing is written."""
    damage: str | None = None
    """Why reading ended before the end of the input, and what to do; what came before was kept."""


@dataclass(frozen=True)
class Example:
    """A row that was rejected: where it is, and what is wrong with it, or its beginning."""

    file: str
    line: int | None
    shown: str


@dataclass
class Report:
    """Everything that was read, written, there already or rejected. Labels and types are those of the graph."""

    files: list[FileReport] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    """Files of a folder that no format knows, and why."""
    read: Counter[str] = field(default_factory=Counter)
    """Nodes and relationships found in the input, by label and type."""
    written: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    """Rows that were not taken, by reason."""
    examples: dict[str, Example] = field(default_factory=dict)
    """The first of them, by reason."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Parts of accepted rows that were not taken, by reason."""
    rejects_file: str | None = None
    guess: str = ""
    """How dates were read whose order nothing shows (`Dates.guess`)."""
    store: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    """What the store holds after the load, as it counts itself."""
    differences: dict[str, int] = field(default_factory=dict)
    """Where the store's count grew by more or less than was written: found minus expected. Empty when all is well."""

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def exit_code(self) -> int:
        """1 where an input was damaged, no row was there or could be taken, or the store does not agree; else 0."""
        nothing = sum(self.rejected.values()) == self.rows
        return int(nothing or bool(self.differences) or any(file.damage for file in self.files))

    def as_dict(self) -> dict[str, Any]:
        """The report for `--json`."""
        return {
            "files": [vars(file) for file in self.files],
            "skipped": self.skipped,
            "rows": self.rows,
            "read": dict(self.read),
            "written": dict(self.written),
            "already_there": dict(self.there),
            "rejected": dict(self.rejected),
            "dropped": dict(self.dropped),
            "rejects_file": self.rejects_file,
            "store": self.store,
            "store_counts": self.counts,
            "differences": self.differences,
        }
