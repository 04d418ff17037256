"""`campaign browser setup | link`: Neo4j Browser made at home for the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from campaign.options import DatabaseOption, PasswordFileOption, StoreOption
from campaign.streams import tell

if TYPE_CHECKING:
    from campaign.browser.links import Browser


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="Neo4j Browser with campaign's questions, colours and links.")
    group.command("setup")(setup)
    group.command("link")(link)
    app.add_typer(group, name="browser")


def setup(
    out: Path = typer.Option(Path("browser"), help="Folder for the files; made if it is not there."),
    store: StoreOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write favourites.zip and campaign.grass, to be dropped on Neo4j Browser, and a guide with links into it.

    Your own queries are among the favourites. Without a Neo4j the links are to one on this machine.

    Example: campaign browser setup --out browser
    """
    from campaign.browser.files import write_files
    from campaign.browser.links import browser_of
    from campaign.own_queries import catalogue
    from campaign.settings import query_folder, resolve

    known = catalogue(query_folder())
    browser = browser_of(resolve(store, database=database)) or _this_machine()
    files = write_files(out, browser, [known.get(id_) for id_ in known.ids()])
    tell(f"{files.favourites}: {files.queries} favourites; {files.style}: the style", err=True)
    tell(f"Open {files.guide}: it says what to do with them", err=True)


def link(
    group: str = typer.Argument(help="Id of a group, as `campaign detect` prints it."),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Print the address that opens Neo4j Browser with the picture of a group filled in.

    Example: campaign browser link 1f3a5c7e9b02-1
    """
    from contextlib import closing

    from campaign.browser.links import browser_of
    from campaign.failures import UsageError
    from campaign.settings import open_store, resolve
    from campaign.stored import group_of

    target = resolve(store, database=database)
    browser = browser_of(target)
    if browser is None:
        raise UsageError(f"{target.address} is no Neo4j, which Browser shows: name one with --store")
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        group_of(graph, group)
    tell(browser.group_link(group))


def _this_machine() -> Browser:
    """A Neo4j where it usually is."""
    from campaign.browser.links import Browser

    return Browser("http://127.0.0.1:7474/browser/", "bolt://127.0.0.1:7687")
