"""`campaign accounts sides`: whom a group serves and whom it names, on all sides, by the same settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    PasswordFileOption,
    StoreOption,
)
from campaign.whom_options import GroupOption, ListOption

if TYPE_CHECKING:
    import polars as pl
    from campaign_cypher.store import Store

SAME = (
    "The same settings hold for all sides, and the program knows none of them: they are what the accounts' own "
    "hashtags and mentions part them into. Who serves several sides may sell to all of them, or report on all of them."
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sides)


def sides(
    group: GroupOption = None,
    list_: ListOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """What those whom a group lifts (retweets, quotes) or names have in common, and where they differ.

    --list parts the accounts of a file, such as a seller's customers.

    Example: campaign accounts sides --group 1f3a5c7e9b02-1
    """
    from contextlib import closing

    import polars as pl

    from campaign import output
    from campaign.failures import UsageError
    from campaign.settings import open_store
    from campaign.whom import listed_accounts

    if bool(group) == bool(list_):
        raise UsageError("say whose: --group ID, or --list FILE")
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        parts: dict[str, list[str]] = {"listed": listed_accounts(graph, list_)} if list_ else {}
        range_: dict[str, object] = {}
        if group:
            parts, range_ = _served(graph, group)
        frame = pl.concat([_parted(graph, role, accounts, range_) for role, accounts in parts.items()])
    output.show(frame, Format.json if json else format, about=("role", "side"))
    output.remark([SAME])


def _served(graph: Store, group: str) -> tuple[dict[str, list[str]], dict[str, object]]:
    """Whom a group lifts, and whom it names, without its own members; and the range that its run was asked about."""
    from campaign_cypher import queries

    from campaign.describe import MANY
    from campaign.handles import Handles
    from campaign.stored import group_of, request_of

    detection, found = group_of(graph, group)
    request = request_of(detection)
    given = graph.read(queries.get("campaigns/targets"), {"group_id": group, "limit": MANY})
    given = Handles(graph).with_ids(given, "target")
    members = {m.id for m in found.accounts}
    ways = {"lifted": ("retweet", "quote"), "named": ("reply", "mention")}
    rows = [(way, target) for way, target in given.select("way", "target").iter_rows() if target not in members]
    parts = {role: sorted({t for way, t in rows if way in kinds}) for role, kinds in ways.items()}
    return parts, {"since": request.since, "until": request.until}


def _parted(graph: Store, role: str, accounts: Sequence[str], range_: Mapping[str, object]) -> pl.DataFrame:
    """By what they posted in a range: a row for each side of the accounts, for those of none, for what all share."""
    import polars as pl
    from campaign_analysis.sides import sides as part
    from campaign_cypher import queries

    from campaign.describe import MANY
    from campaign.handles import Handles

    asked = {"accounts": list(accounts), "limit": MANY, **range_}
    tags = graph.read(queries.get("accounts/hashtags_each"), asked)
    named = Handles(graph).mentions(asked)
    uses = pl.concat(
        [
            tags.select("account", used="#" + pl.col("tag"), posts="posts"),
            named.select("account", used="@" + pl.coalesce("handle", "target"), posts="posts"),
        ]
    )
    found = part(uses.group_by("account", "used").agg(pl.col("posts").sum()))
    silent = sorted({*accounts} - {*uses["account"]})
    everybody = sum(len(side.accounts) for side in found.sides)
    rows: list[tuple[str, str, int, list[str], list[str]]] = [
        *((role, f"side {n}", len(s.accounts), list(s.apart), list(s.accounts)) for n, s in enumerate(found.sides, 1)),
        (role, "all sides", everybody, list(found.common), []),
        (role, "on no side", len(found.alone), [], list(found.alone)),
        (role, "nothing of theirs is here", len(silent), [], silent),
    ]
    schema = {"role": pl.String(), "side": pl.String(), "accounts": pl.Int64()}
    lists = {"uses": pl.List(pl.String), "ids": pl.List(pl.String)}
    return pl.DataFrame([row for row in rows if row[2]], {**schema, **lists}, orient="row")
