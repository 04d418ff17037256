"""`campaign case GROUP` and `campaign case verify FILE`: what a claim rests on, to hand on, and whether it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from campaign.completion import groups
from campaign.options import DatabaseOption, PasswordFileOption, StoreOption
from campaign.streams import tell


class _OrMake(TyperGroup):
    """A group in which what is no command's name is a group's id: `case ID` is `case make ID`."""

    usual = "make"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help", "-h"}:
            args = [self.usual, *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    case = typer.Typer(
        cls=_OrMake,
        no_args_is_help=True,
        help="Make a case file of a group, with all that its claim rests on, or check one. "
        "`case GROUP` is `case make GROUP`.",
    )
    case.command()(make)
    case.command()(verify)
    app.add_typer(case, name="case")


def make(
    group: str = typer.Argument(help="Id of a group, as `campaign detect` prints it.", autocompletion=groups),
    out: Path | None = typer.Option(
        None, metavar="FILE", help="The zip to write (default: case-GROUP.zip).", show_default=False
    ),
    redact: bool = typer.Option(
        False, "--redact", help="Replace handles, names and texts of everybody outside the group by pseudonyms."
    ),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write posts, accounts, queries, parameters, report and the accounts to act on as one zip; print its fingerprint.

    Example: campaign case make 1f3a5c7e9b02-1 --redact --out case.zip
    """
    from contextlib import closing

    from campaign_cypher import queries

    from campaign.case.archive import manifest, packed, sha256
    from campaign.case.files import files
    from campaign.case.gather import gather
    from campaign.case.redacted import redacted
    from campaign.places import check_file, write_whole
    from campaign.settings import open_store

    place = out or Path(f"case-{group}.zip")
    check_file(place)
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        case = gather(graph, group)
        if redact:
            case = redacted(case, graph.read(queries.get("accounts/everybody")))
    contents = files(case)
    write_whole({place: packed(contents)})
    said = "Its fingerprint, to be told by another way than the file itself:"
    tell(f"wrote {place}: {len(contents) + 1} files. {said}", err=True)
    tell(sha256(manifest(contents)))


def verify(
    file: Path = typer.Argument(metavar="FILE", help="A case file."),
    json: bool = typer.Option(False, "--json", help="Print what the case says of itself as JSON."),
) -> None:
    """Check that no file of a case was changed, lost or added; print what it is about and its fingerprint.

    Example: campaign case verify case.zip
    """
    from campaign.case.verify import verify as checked

    found = checked(file)
    if json:
        from campaign.output import put_json

        whole = {"files": found.files, "fingerprint": found.fingerprint, "case": found.about}
        put_json(whole)
        return
    from campaign.reporting.markup import one_line

    about = found.about
    said = {
        "whole": f"{found.files} files, none changed, lost or added",
        "about": f"{about['claim']} {about['group']}, {about['accounts']} accounts, core {about['core']}",
        "posts": f"{about['posts']}, of which seen to be gone since: {about['posts_deleted_since']}",
        "redacted": "yes" if about["redacted"] else "no",
        "made by": about["made_by"],
        "fingerprint": found.fingerprint,
    }
    for name, text in said.items():
        tell(f"{name:<12} {one_line(str(text))}")
