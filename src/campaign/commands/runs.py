"""`campaign runs list | show | delete`: what was asked before, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from campaign.completion import runs
from campaign.options import DatabaseOption, Format, FormatOption, JsonOption, PasswordFileOption, StoreOption
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="List, show and delete runs of `campaign detect`.")
    group.command("list")(list_runs)
    group.command("show")(show)
    group.command("delete")(delete)
    app.add_typer(group, name="runs")


def list_runs(
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """List the runs kept in the graph.

    Example: campaign runs list
    """
    from contextlib import closing

    from campaign_cypher import queries

    from campaign import output
    from campaign.settings import open_store

    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        kept = graph.read(queries.get("runs/list"))
    wanted = Format.json if json else format
    output.show(_for_people(kept) if wanted is Format.table else kept, wanted)


def _for_people(kept: pl.DataFrame) -> pl.DataFrame:
    """What fits a terminal: of the parameters what was asked otherwise than usual; `--json` has all of them."""
    import polars as pl

    return kept.select(
        "run",
        "campaigns",
        "gatherings",
        finished=pl.col("finished_at").dt.strftime("%Y-%m-%d %H:%M"),
        asked=pl.Series([_asked(text) for text in kept["parameters"]], dtype=pl.String),
    )


def _asked(parameters: str | None) -> str:
    """A run's parameters in a few words: its hashtags, its range, its layers, and what is not the usual."""
    from json import loads

    from campaign_analysis.layers import named

    from campaign.asked_scale import asked_scale
    from campaign.request import Request, written

    told = loads(parameters or "{}")
    usual = Request()
    layers = sorted(told.get("layers") or ())
    scale = zip(("window", "block"), asked_scale(told) or (), strict=False)
    others = {
        name: (getattr(usual, name), told.get(name)) for name in ("fdr", "seed", "community", "engine", "thorough")
    }
    return " ".join(
        [
            *(f"#{tag}" for tag in told.get("hashtags") or ()),
            *(f"{side} {told[side][:16].replace('T', ' ')}" for side in ("since", "until") if told.get(side)),
            *([",".join(layers)] if layers and len(layers) < len(named([])) else []),
            *(f"{name} {written(length)}" for name, length in scale),
            *(f"{name} {value}" for name, (known, value) in others.items() if value not in (None, known)),
        ]
    )


def show(
    run: str = typer.Argument(help="Id of a run, as `campaign runs list` prints it.", autocompletion=runs),
    json: bool = typer.Option(False, "--json", help="Print the whole result (docs/json.md)."),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show what a run found.

    Example: campaign runs show 1f3a5c7e9b02
    """
    from contextlib import closing

    from campaign.answer import show_detection
    from campaign.browser.links import group_links
    from campaign.settings import open_store, resolve
    from campaign.stored import run_of

    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        detection = run_of(graph, run)
    links = group_links(resolve(store, database=database), (group.id for group in detection.groups))
    show_detection(detection, Format.json if json else Format.table, links)


def delete(
    run: str = typer.Argument(help="Id of a run.", autocompletion=runs),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would go."),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Delete a run with its groups, memberships and edges; posts and accounts stay.

    Example: campaign runs delete 1f3a5c7e9b02 --yes
    """
    import sys
    from contextlib import closing

    from campaign.failures import UsageError
    from campaign.settings import open_store
    from campaign.stored import run_of

    with closing(open_store(store, password_file=password_file, database=database, existing=True)) as graph:
        groups = len(run_of(graph, run).groups)
        if dry_run:
            tell(f"would delete run {run} with {groups} groups", err=True)
            return
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("say --yes to delete a run without being asked")
            typer.confirm(f"Delete run {run} with {groups} groups?", abort=True, err=True)
        gone = graph.delete_run(run)
    tell("deleted: " + ", ".join(f"{n} {name}" for name, n in sorted(gone.items()) if n), err=True)
