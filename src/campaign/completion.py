"""What the shell offers at Tab: hashtags, runs and groups of the store that the line names, or that would be used.

Nothing is said and nobody is asked for a password in the middle of a line: a store that is not reached offers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    import polars as pl


def groups(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of groups."""
    return _ids(ctx, incomplete, ("group",))


def runs(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of runs."""
    return _ids(ctx, incomplete, ("run",))


def runs_and_groups(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of either."""
    return _ids(ctx, incomplete, ("run", "group"))


def hashtags(ctx: typer.Context, incomplete: str) -> list[str]:
    """Hashtags that begin so in any case, each begun as it was typed: shells drop what begins otherwise."""
    from campaign.request import folded

    begun = folded(incomplete)
    found = _answer(ctx, "hashtags/names", {"prefix": begun})
    tags = () if found is None else found["tag"]
    return [incomplete + tag[len(begun) :] for tag in tags]


def _ids(ctx: typer.Context, incomplete: str, kinds: Iterable[str]) -> list[str]:
    found = _answer(ctx, "runs/names", {})
    rows = () if found is None else found.iter_rows()
    return sorted(id for id, kind in rows if kind in kinds and id.startswith(incomplete))


def _answer(ctx: typer.Context, query: str, parameters: dict[str, Any]) -> pl.DataFrame | None:
    """The answer of a stored query; None where the store cannot be read without a question."""
    from campaign_cypher import connect, queries
    from campaign_cypher.errors import StoreError

    from campaign.failures import UsageError
    from campaign.settings import resolve

    named = {name: ctx.params.get(name) for name in ("password_file", "database")}
    try:
        target = resolve(ctx.params.get("store"), **named)
        if target.is_neo4j and target.password is None:
            return None
        with closing(connect(replace(target, read_only=True))) as store:
            return store.read(queries.get(query), parameters)
    except (StoreError, UsageError):
        return None
