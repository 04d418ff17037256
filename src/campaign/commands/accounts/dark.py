"""`campaign accounts dark`: did they fall silent, were they removed, did their posts vanish?"""

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
    "dark",
    "removed",
    "deleted",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(dark)


def dark(
    group: GroupOption = None,
    hashtag: HashtagOption = None,
    list_: ListOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Accounts that fall silent together, that were suspended or deleted, and posts that are gone, against others.

    Example: campaign accounts dark --hashtag KochFarms
    """
    from campaign.signal_answers import answer

    answer(SIGNALS, group, hashtag, list_, Format.json if json else format, store, password_file, database)
