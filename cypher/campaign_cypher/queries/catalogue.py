"""Stored queries by id, out of their files: the library's, and over it those of a user's own folder."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from campaign_cypher.errors import QueryError
from campaign_cypher.nearest import did_you_mean
from campaign_cypher.queries.header import parse
from campaign_cypher.queries.query import StoredQuery

FOLDER = Path(__file__).parent
_EMBEDDED = ".embedded.cypher"


@dataclass(frozen=True)
class Catalogue:
    """The queries in folders, each `<theme>/<name>.cypher`. Of two with one id that of the first folder counts."""

    folders: tuple[Path, ...] = (FOLDER,)

    def ids(self) -> list[str]:
        """Every id, in order."""
        files = (file for folder in self.folders for file in folder.glob("*/*.cypher"))
        return sorted({f"{f.parent.name}/{f.stem}" for f in files if not f.name.endswith(_EMBEDDED)})

    def file(self, id_: str) -> Path:
        """The file of an id. Raises QueryError with the nearest ids where there is none."""
        if id_ not in (known := self.ids()):
            near = get_close_matches(id_, known, n=3, cutoff=0.4)
            hint = did_you_mean(near) if near else "campaign query list shows all"
            raise QueryError(f"no stored query {id_!r}: {hint}")
        return next(file for folder in self.folders if (file := folder / f"{id_}.cypher").exists())

    def get(self, id_: str) -> StoredQuery:
        """The query of an id. Raises QueryError where there is none, or its file is not well written."""
        file = self.file(id_)
        embedded = file.with_name(f"{file.stem}{_EMBEDDED}")
        return parse(id_, _read(file), _read(embedded) if embedded.exists() else None)


@cache
def all_queries() -> tuple[StoredQuery, ...]:
    """Every query of the library, by id."""
    return tuple(get(id_) for id_ in Catalogue().ids())


@cache
def get(id_: str) -> StoredQuery:
    """The library's query of an id (`theme/name`). Raises QueryError with the nearest ids where there is none."""
    return Catalogue().get(id_)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise QueryError(f"{file} cannot be read: {reason}") from error
