"""The checks of `campaign doctor`: each says what was found, and what to do where it is not well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from campaign_cypher.errors import StoreError

if TYPE_CHECKING:
    from campaign_cypher.store import Store

State = Literal["well", "noted", "broken"]
_SIGNS: dict[State, str] = {"well": "✓", "noted": "·", "broken": "✗"}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `noted` is neither well nor broken: something that one should know of."""

    name: str
    state: State
    found: str
    advice: str = ""

    @property
    def sign(self) -> str:
        """The mark before the line."""
        return _SIGNS[self.state]


def examine(store: str | None = None, *, password_file: Path | None = None, database: str | None = None) -> list[Check]:
    """Look at the store that flags, environment and files name. Nothing is changed in it."""
    from campaign.settings import open_store

    try:
        opened = open_store(store, password_file=password_file, database=database, read_only=True)
    except StoreError as error:
        return [Check("store", "broken", "not reached", str(error))]
    with closing(opened):
        try:
            return list(_checks(opened))
        except StoreError as error:
            return [Check("store", "broken", f"{opened.address} was opened, but not read", str(error))]


def _checks(store: Store) -> Iterator[Check]:
    yield Check("store", "well", f"{store.address} ({store.dialect})")
    about = store.about()
    yield Check("version", "well", about.version)
    for name, version in about.plugins.items():
        yield _plugin(name, version)
    yield from _exports()
    yield _schema(about.missing)
    if about.missing and not about.has_schema:
        return
    yield from _contents(store)


def _exports() -> Iterator[Check]:
    """Whether what the formats of `campaign export` want is installed."""
    from campaign import exports

    lacking = {name: wants for name in exports.names() if (wants := exports.missing(exports.format_of(name)))}
    if not lacking:
        yield Check("exports", "well", ", ".join(exports.names()))
    for name, wants in lacking.items():
        advice = f"needed for `export --format {name}` only: pip install 'campaign[{name}]'"
        yield Check("exports", "noted", f"{name} wants {', '.join(wants)}", advice)


def _plugin(name: str, version: str | None) -> Check:
    if version:
        return Check(name, "well", version)
    advice = {
        "GDS": "needed for `detect --engine gds` only: `campaign neo4j start --with gds` brings it",
        "APOC": "needed for queries of your own only: `campaign neo4j start --line 5.26 --with apoc` brings it",
    }
    return Check(name, "noted", "not there", advice[name])


def _schema(missing: list[str]) -> Check:
    if not missing:
        return Check("schema", "well", "applied")
    names = ", ".join(missing[:4]) + (" …" if len(missing) > 4 else "")
    return Check("schema", "broken", f"{len(missing)} missing: {names}", "campaign load applies it with the next load")


def _contents(store: Store) -> Iterator[Check]:
    from campaign_cypher import queries

    from campaign.sources import unfinished

    for note in unfinished(store):
        yield Check("loads", "noted", note)
    counts = {name: n for name, n in store.counts().items() if n}
    if not counts.get("Post"):
        yield Check("posts", "broken", "none", "load some: campaign load PATH…")
        return
    yield Check("counts", "well", ", ".join(f"{n:,} {name}" for name, n in counts.items()))
    first, last, posts, accounts = store.read(queries.get("overview/range")).row(0)
    if first is None:
        yield Check("range", "broken", "no post has an author and a time", "load posts with their accounts and times")
    else:
        found = f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC: {posts:,} posts of {accounts:,} accounts"
        yield Check("range", "well", found)
    for label, placeholders, nodes in store.read(queries.get("overview/placeholders")).iter_rows():
        yield _placeholders(label, placeholders, nodes)


def _placeholders(label: str, placeholders: int, nodes: int) -> Check:
    found = f"{placeholders:,} of {nodes:,} {label} nodes were only named, not collected"
    if placeholders <= nodes / 2:
        return Check("placeholders", "well", found)
    what = "profiles of accounts" if label == "Account" else "posts that are retweeted or answered"
    return Check("placeholders", "noted", found, f"load {what} too, where you have them; detection does not need them")
