"""Commands that are printed to be pasted: they ask the same store as the command that prints them."""

from __future__ import annotations

import shlex
from typing import Any

import typer

_flags: dict[str, str] = {}  # of the command that runs, those that name its store


def remember(context: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Keep a flag that says where the store is, where it was typed: settings hold for the next command too."""
    source = context.get_parameter_source(str(param.name))
    if value is not None and source is not None and source.name == "COMMANDLINE":
        _flags[param.opts[0]] = str(value)
        context.call_on_close(_flags.clear)
    return value


def pasted(command: str) -> str:
    """The command with the flags that name this store. For terminals only: what is saved says nothing of places."""
    return " ".join(
        [command, *(f"{flag} {shlex.quote(value)}" for flag, value in sorted(_flags.items(), reverse=True))]
    )


def is_command(text: str) -> bool:
    """Whether a paragraph is a command alone: such a line is not wrapped, as half of it would be pasted."""
    return text.startswith("campaign ")
