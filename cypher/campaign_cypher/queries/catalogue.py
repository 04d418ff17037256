"""All stored queries, read once from their files."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from campaign_cypher.errors import StoreError
from campaign_cypher.queries.header import parse
from campaign_cypher.queries.query import StoredQuery

FOLDER = Path(__file__).parent
_EMBEDDED = ".embedded.cypher"


@cache
def all_queries() -> tuple[StoredQuery, ...]:
    """Every stored query, by id."""
    return tuple(get(id_) for id_ in _ids())


@cache
def get(id_: str) -> StoredQuery:
    """The stored query of an id (`theme/name`). Raises StoreError with the nearest ids where there is none."""
    if id_ not in _ids():
        near = get_close_matches(id_, _ids(), n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}" if near else "campaign query list shows all"
        raise StoreError(f"no stored query {id_!r}: {hint}")
    text = (FOLDER / f"{id_}.cypher").read_text("utf-8")
    embedded = FOLDER / f"{id_}{_EMBEDDED}"
    return parse(id_, text, embedded.read_text("utf-8") if embedded.exists() else None)


@cache
def _ids() -> tuple[str, ...]:
    files = (f for f in FOLDER.glob("*/*.cypher") if not f.name.endswith(_EMBEDDED))
    return tuple(sorted(f"{f.parent.name}/{f.stem}" for f in files))
