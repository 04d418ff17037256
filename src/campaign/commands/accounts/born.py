"""`campaign accounts born`: were they made together?"""

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

SIGNALS = ("born",)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(born)


def born(
    group: GroupOption = None,
    hashtag: HashtagOption = None,
    list_: ListOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Accounts that were made within 1, 3, 7 or 30 days of each other, against everybody else in the conversation.

    Example: campaign accounts born --hashtag IslamKills
    """
    from campaign.signal_answers import answer

    answer(SIGNALS, group, hashtag, list_, Format.json if json else format, store, password_file, database)
