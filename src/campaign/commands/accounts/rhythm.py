"""`campaign accounts rhythm`: do they post as timers do, without sleep, at another place's hours, with one client?"""

from __future__ import annotations

import typer

from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    PasswordFileOption,
    StoreOption,
)
from campaign.whom_options import GroupOption, HashtagOption, ListOption

SIGNALS = (
    "clients",
    "gaps",
    "place",
    "seconds",
    "sleep",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rhythm)


def rhythm(
    group: GroupOption = None,
    hashtag: HashtagOption = None,
    list_: ListOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Seconds, gaps, hours and clients of the accounts' posts, against others: automation, with its alternatives.

    Example: campaign accounts rhythm --hashtag KochFarms
    """
    from campaign.signal_answers import answer

    answer(SIGNALS, group, hashtag, list_, Format.json if json else format, store, password_file, database)
