"""`campaign accounts leaps`: did their numbers leap, and on the same days?"""

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

SIGNALS = ("leaps",)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(leaps)


def leaps(
    group: GroupOption = None,
    hashtag: HashtagOption = None,
    list_: ListOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Accounts whose posts a day, followers or accounts followed jump to another level, alone and on the same days.

    Example: campaign accounts leaps --hashtag KochFarms
    """
    from campaign.signal_answers import answer

    answer(SIGNALS, group, hashtag, list_, Format.json if json else format, store, password_file, database)
