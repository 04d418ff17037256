"""Options that many commands share, said once."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from campaign.pasting import remember


class Format(StrEnum):
    """How a command's data is written to stdout."""

    table = "table"
    json = "json"
    csv = "csv"


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PATH|URI",
        help="Path of an embedded store or URI of a Neo4j (default: CAMPAIGN_STORE, NEO4J_URI, campaign.toml, "
        "else ./campaign.lbug).",
        show_default=False,
        callback=remember,
    ),
]
PasswordFileOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        help="File with the Neo4j password (or NEO4J_PASSWORD).",
        show_default=False,
        callback=remember,
    ),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="NAME",
        help="Neo4j database (default: NEO4J_DATABASE, else the server's).",
        show_default=False,
        callback=remember,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
LISTED = 50  # rows or meetings in a terminal where it is not asked for more
MOST = 2**31 - 1
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        min=0,
        max=MOST,
        help=f"At most so many rows; without it {LISTED} for people, all in JSON and CSV.",
        show_default=False,
    ),
]


def at_most(limit: int | None, format: Format) -> int:
    """How many rows are shown: as many as were asked for; else what people read at once, and for programs all."""
    if limit is not None:
        return limit
    return LISTED if format is Format.table else MOST


def layer_names() -> list[str]:
    """Names of the layers, by their files: to import them would make help slow."""
    found = find_spec("campaign_analysis")
    folders = (found and found.submodule_search_locations) or ()
    return sorted(path.stem for folder in folders for path in Path(folder, "layers").glob("[!_]*.py"))
