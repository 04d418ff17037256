"""`campaign accounts clones`: who copied whom, and whether one account has been copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    LimitOption,
    PasswordFileOption,
    StoreOption,
    at_most,
)
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(clones)


def clones(
    of: str | None = typer.Option(None, "--of", metavar="ACCOUNT", help="Only copies of this account: id or handle."),
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Profiles that copy another's name, handle, bio or picture; the younger account is the suspect.

    Example: campaign accounts clones --of narendra_q
    """
    from contextlib import closing

    from campaign_analysis.clones import ERROR, FDR, clones_of, find_clones
    from campaign_cypher import queries

    from campaign import output
    from campaign.asking import account_ids
    from campaign.clone_words import sentences
    from campaign.handles import Handles
    from campaign.settings import open_store

    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        handles = Handles(graph)
        asked = handles.keys_of(account_ids(graph, [of])[0])[0] if of else None
        profiles = handles.once(graph.read(queries.get("signals/all_profiles")))
    found = clones_of(asked, profiles) if asked else find_clones(profiles)
    shape = Format.json if json else format
    most = at_most(limit, shape)
    output.show(_shown(found, profiles).head(most), shape)
    if found.height > most:
        tell(f"{most} of {found.height} rows: --limit {found.height} shows all", err=True)
    output.remark(sentences(profiles, found, of, asked or "", ERROR, FDR))


def _shown(found: pl.DataFrame, profiles: pl.DataFrame) -> pl.DataFrame:
    """The pairs with handles and names, for people and programs alike."""
    import polars as pl

    known = profiles.select("account", "handle", "name")
    for side in ("original", "suspect"):
        named = known.rename({"account": side, "handle": f"{side}_handle", "name": f"{side}_name"})
        found = found.join(named, on=side, how="left", maintain_order="left")
    return found.select(
        "original",
        "original_handle",
        "original_name",
        "suspect",
        "suspect_handle",
        "suspect_name",
        pl.col("agree").list.join(", "),
        "expected",
        pl.col("days").alias("days_younger"),
        "exempt",
    )
