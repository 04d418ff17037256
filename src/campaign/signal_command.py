"""A command that asks signals about accounts: all such commands take the same options."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from campaign.options import DatabaseOption, Format, FormatOption, JsonOption, PasswordFileOption, StoreOption
from campaign.whom_options import GroupOption, HashtagOption, ListOption


def add(app: typer.Typer, name: str, signals: Sequence[str], told: str) -> None:
    """Add a command that asks these signals; `told` is its help, with an example."""

    def command(
        group: GroupOption = None,
        hashtag: HashtagOption = None,
        list_: ListOption = None,
        format: FormatOption = Format.table,
        json: JsonOption = False,
        store: StoreOption = None,
        password_file: PasswordFileOption = None,
        database: DatabaseOption = None,
    ) -> None:
        from campaign.signal_answers import answer

        answer(signals, group, hashtag, list_, Format.json if json else format, store, password_file, database)

    command.__doc__ = told
    app.command(name)(command)
