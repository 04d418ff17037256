"""`campaign export RUN|GROUP`: a finding for Gephi, spreadsheets, notebooks and platforms of threat intelligence."""

from __future__ import annotations

from pathlib import Path

import typer

from campaign.completion import runs_and_groups
from campaign.exports import USUAL, names
from campaign.options import DatabaseOption, PasswordFileOption, StoreOption
from campaign.streams import tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    name: str = typer.Argument(
        metavar="RUN|GROUP", help="Id of a run, or of one group of it.", autocompletion=runs_and_groups
    ),
    format: str | None = typer.Option(
        None,
        "--format",
        metavar="|".join(names()),
        help=f"What to write (default: what the ending of --out says, else {USUAL}).",
        autocompletion=lambda: names(),
        show_default=False,
    ),
    out: Path | None = typer.Option(
        None,
        metavar="FILE|DIR",
        help="Where to: a file, or a folder for csv and parquet, which are several files. Without it one file goes to "
        "stdout.",
        show_default=False,
    ),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write a run or a group for Gephi (gexf), spreadsheets (csv), notebooks (parquet), other tools (graphml, stix).

    Example: campaign export 1f3a5c7e9b02-1 --out group.gexf
    """
    from contextlib import closing

    from campaign.exports import meant, named
    from campaign.failures import UsageError
    from campaign.finding import finding
    from campaign.output import put
    from campaign.places import write_whole
    from campaign.settings import open_store

    wanted = meant(format, out)
    chosen = named(wanted)
    if out is None and chosen.folder:
        raise UsageError(f"the format {wanted} is several files: name a folder for them with --out")
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        files = chosen.files(finding(graph, name))
    if out is None:
        put(b"".join(files.values()).decode())
        return
    written = {out / file if chosen.folder else out: content for file, content in files.items()}
    write_whole(written)
    tell("wrote " + ", ".join(map(str, written)), err=True)
