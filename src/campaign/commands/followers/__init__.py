"""`campaign followers`: what lists of followers show, of one account or of many.

One file a command, found by itself. It has `register(app)`, which adds its command.
"""

from __future__ import annotations

import importlib
import pkgutil

import typer


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True, help="Bought followers and engagement: what is said is of lots, never of one follower."
    )
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}").register(group)
    app.add_typer(group, name="followers")
