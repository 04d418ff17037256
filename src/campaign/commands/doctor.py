"""`campaign doctor`: is the store reached and whole, and what to do about each ✗."""

from __future__ import annotations

import typer

from campaign.options import DatabaseOption, PasswordFileOption, StoreOption
from campaign.streams import tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
    as_json: bool = typer.Option(False, "--json", help="Print the checks as JSON."),
) -> None:
    """Look at the store: reached, version, plugins, schema, counts, placeholders. Exit code 1 if something is broken.

    Example: campaign doctor --store bolt://127.0.0.1:7687
    """
    from campaign.health import examine

    checks = examine(store, password_file=password_file, database=database)
    if as_json:
        from dataclasses import asdict

        from campaign.output import put_json

        put_json([asdict(check) for check in checks])
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            tell(f"{check.sign} {check.name:<{width}}  {check.found}")
            if check.advice:
                tell(f"  {'':<{width}}  → {check.advice}")
    if any(check.state == "broken" for check in checks):
        raise typer.Exit(1)
