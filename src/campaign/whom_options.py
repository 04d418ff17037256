"""Options that say whose accounts a command looks at. What they mean is in `campaign.whom`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from campaign.completion import groups, hashtags

GroupOption = Annotated[
    str | None,
    typer.Option(
        "--group", "-g", help="Accounts of a group, by its id as `campaign detect` prints it.", autocompletion=groups
    ),
]
HashtagOption = Annotated[
    str | None,
    typer.Option(
        "--hashtag",
        "-H",
        help="Accounts that used it; beside --list, those that the list is held against.",
        autocompletion=hashtags,
    ),
]
ListOption = Annotated[
    Path | None, typer.Option("--list", metavar="FILE", help="Accounts of a file: ids or handles, one a line.")
]
