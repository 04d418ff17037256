"""`campaign followers audit`: were lots of followers bought?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from campaign.options import DatabaseOption, Format, FormatOption, JsonOption, PasswordFileOption, StoreOption
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl
    from campaign_analysis.followers.audit import Audit

    from campaign.follower_lists import FollowerList


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(audit)


def audit(
    account: str = typer.Argument(help="Whose followers: id or handle."),
    compare: list[str] = typer.Option(
        [], "--compare", metavar="ACCOUNT", help="Another account beside it. Repeatable."
    ),
    out: Path = typer.Option(None, metavar="FILE.html", help="Write the plots as a page that opens offline."),
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Look for lots of followers who were made together and came together, and draw who followed when made.

    Wants lists in their order: campaign load followers.csv, or --followers-of.

    Example: campaign followers audit somebody --compare another --out followers.html
    """
    from contextlib import closing

    from campaign import output
    from campaign.audits import audited
    from campaign.follower_words import audit_sentences
    from campaign.places import check_page
    from campaign.settings import open_store

    if out:
        check_page(out)
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        found = [audited(graph, name) for name in dict.fromkeys([account, *compare])]
    shape = Format.json if json else format
    if shape is Format.json:
        _print_json(found)
    else:
        output.show(_rows(found), shape)
    for listed, result in found:
        output.remark(audit_sentences(listed, result))
    if out:
        from campaign.places import write_whole
        from campaign.reporting.followers_page import page

        write_whole({out: page(found).encode("utf-8")})
        tell(f"{out}: written", err=True)


def _print_json(found: list[tuple[FollowerList, Audit]]) -> None:
    from campaign.audits import as_dict
    from campaign.output import put_json

    put_json([as_dict(listed, result) for listed, result in found])


def _rows(found: list[tuple[FollowerList, Audit]]) -> pl.DataFrame:
    """A row a lot."""
    import polars as pl

    moment = pl.Datetime("us", "UTC")
    columns: dict[str, Any] = {
        "account": pl.String,
        "newest place": pl.Int64,
        "oldest place": pl.Int64,
        "made from": moment,
        "made until": moment,
        "followed after": moment,
        "followers": pl.Int64,
        "usual": pl.Float64,
        "excess": pl.Float64,
        "at least": pl.Float64,
        "at most": pl.Float64,
        "p": pl.Float64,
    }
    rows = [
        (
            listed.called,
            lot.rank_from,
            lot.rank_to,
            lot.made_from,
            lot.made_until,
            lot.followed_after,
            lot.size,
            round(lot.expected, 1),
            round(lot.excess),
            round(lot.low),
            round(lot.high),
            lot.p,
        )
        for listed, result in found
        for lot in result.lots
    ]
    return pl.DataFrame(rows, columns, orient="row")
