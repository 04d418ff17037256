"""`campaign accounts`: what the accounts of a group, of a hashtag or of a list show.

One file a command, found by itself. It has `register(app)`, which adds its command; `born.py` is the one to copy.
"""

from __future__ import annotations

import importlib
import pkgutil

import typer


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True,
        help="Signals about accounts: they support or weaken what is said of a group, and convict no account.",
    )
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}").register(group)
    app.add_typer(group, name="accounts")
