"""`campaign report trending`: a report that a scheduler writes by itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from campaign.options import DatabaseOption, Format, FormatOption, JsonOption, PasswordFileOption, StoreOption
from campaign.streams import tell

if TYPE_CHECKING:
    from campaign.trending.model import Trending


class FailOn(StrEnum):
    """What is found that the command should end with exit code 3 for."""

    nothing = "nothing"
    campaign = "campaign"


class Compare(StrEnum):
    """With which report this one is compared."""

    none = "none"
    last = "last"


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    report = typer.Typer(no_args_is_help=True, help="Reports that a scheduler writes by itself.")
    report.callback()(_root)  # so that `trending` stays a word of its own
    report.command()(trending)
    app.add_typer(report, name="report")


def _root() -> None:
    pass


def trending(
    out: Path | None = typer.Option(None, help="Folder for the reports: a folder each date, and `latest`. Required."),
    since: str = typer.Option(
        "24h", help="Begin of the window: a duration back from its end, or a date or time (UTC)."
    ),
    until: str | None = typer.Option(None, help="End of the window: a date or time (UTC); else the newest post."),
    past: str = typer.Option(
        "7d", help="How far back from the window the past reaches that rises are told against; 3h or more."
    ),
    top: int = typer.Option(20, min=1, help="At most so many hashtags that rise are told of."),
    compare: Compare = typer.Option(
        Compare.none, help="last: say what changed since the last report before this date."
    ),
    fail_on: FailOn = typer.Option(FailOn.nothing, help="campaign: exit code 3 where a campaign posts what rises."),
    fdr: float = typer.Option(0.01, help="False discovery rate at which pairs are called significant."),
    seed: int = typer.Option(1, help="Seed of the community detection."),
    placebos: int | None = typer.Option(None, help="Placebo runs of the detection: 1 if not given, 0 for none."),
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress on stderr."),
) -> None:
    """Say which hashtags rise, which of them were pushed, by whom, and whether they would have risen without.

    Example: campaign report trending --since 24h --out reports --compare last
    """
    from contextlib import closing

    from campaign.failures import UsageError
    from campaign.progress import saying
    from campaign.settings import open_store
    from campaign.trending.asked import Asked, window_of
    from campaign.trending.folder import alone, last_before, put
    from campaign.trending.report import trending as make
    from campaign.trending.write import files_of

    if out is None:
        raise UsageError("no folder to write to: name one with --out")
    asked = Asked(since, until, past, top, fdr, seed, placebos)
    with closing(open_store(store, password_file=password_file, database=database, existing=True)) as graph:
        window = window_of(graph, asked)  # before the folder is made: where there is nothing to tell it stays away
        with alone(out), saying(quiet) as say:
            before = _earlier(last_before(out, f"{window.until:%Y-%m-%d}"), compare)
            report = make(graph, asked, window, before, compare is Compare.last, say)
            say("writing the report")
            place = put(out, report.date, files_of(graph, report, asked))
    tell(f"{place / 'index.html'}", err=True)
    _print(report, Format.json if json else format)
    for failed in report.failed:
        tell(f"campaign: #{failed.tag} failed: {failed.why}", err=True)
    if report.failed:
        raise typer.Exit(1)
    if fail_on is FailOn.campaign and report.campaigns:
        raise typer.Exit(3)


def _earlier(folder: Path | None, compare: Compare) -> dict[str, object] | None:
    """The JSON of an earlier report; what cannot be compared with is said, and the new one is written all the same."""
    from campaign.trending.as_json import OlderReportError, read

    if folder is None:
        if compare is Compare.last:
            tell("campaign: no earlier report to compare with", err=True)
        return None
    try:
        return read(folder / "report.json")
    except OlderReportError as error:
        tell(f"campaign: {error}", err=True)
        return None


def _print(report: Trending, format: Format) -> None:
    import polars as pl

    from campaign import output
    from campaign.trending.as_json import to_json
    from campaign.trending.words import headline, why

    if format is Format.json:
        output.put(to_json(report))
        return
    rows = [
        {
            "hashtag": t.tag,
            "word": t.word,
            "posts": t.posts,
            "accounts": t.accounts,
            "rose": t.rose,
            "ctm": t.concentration.ctm if t.concentration.enough else None,
            "why": why(t),
        }
        for t in report.tags
    ]
    schema: dict[str, Any] = {
        "hashtag": pl.String,
        "word": pl.String,
        "posts": pl.Int64,
        "accounts": pl.Int64,
        "rose": pl.Datetime("us", "UTC"),
        "ctm": pl.Float64,
        "why": pl.String,
    }
    if format is Format.table:
        tell(headline(report))
    if rows or format is Format.csv:
        output.show(pl.DataFrame(rows, schema=schema), format)
