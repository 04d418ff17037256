"""Write docs/commands.md out of the command line itself: the words are those of `--help`.

    python docs/generate_commands.py

tests/test_docs.py holds the file against it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from campaign.cli import app

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# Commands

Made by `python docs/generate_commands.py` from what `--help` says; do not edit it here. Every command also has `--help`
(`-h`). Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 failed, 2 wrongly asked, 130 interrupted;
finding something is no failure. A question to which the data hold nothing (no posts, a hashtag that nobody used, a
layer asked for in which nobody acted) is answered by one line that says so and exit code 1, never by "nothing found".
JSON and CSV are UTF-8 where no terminal reads them; elsewhere a character that the terminal has not is replaced by a
plain sign or a question mark. Where a terminal is too narrow for a table, its rows are told one below the other. In CSV
a cell of text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end) has an
apostrophe in front, whichever command wrote it; JSON has the text as it is.
"""


def page() -> str:
    """The whole page."""
    parts = [_section(words, command) for words, command in commands()]
    return "\n".join([HEAD, *parts])


def commands() -> Iterator[tuple[str, Any]]:
    """Every command and group with its words, groups before what is in them."""
    yield from _walk("campaign", typer.main.get_command(app))


def _walk(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield words, command
    for name, below in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(f"{words} {name}", below)


def _section(words: str, command: Any) -> str:
    lines = [f"## {words}", "", *_paragraphs(command)]
    if below := getattr(command, "commands", {}):
        lines += [*(_entry(words, name, below[name]) for name in sorted(below)), ""]
    context = command.context_class(command, info_name=words)
    rows = [_row(p, context) for p in command.params if not getattr(p, "hidden", False)]
    if rows:
        lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _paragraphs(command: Any) -> Iterator[str]:
    """The help; its example as code."""
    for text in [*plain(command.help).split("\n\n"), *([plain(command.epilog)] if command.epilog else [])]:
        words = " ".join(text.split())
        if words.startswith("Example: "):
            yield from ("```sh", words.removeprefix("Example: "), "```", "")
        elif words:
            yield from (words, "")


def _entry(words: str, name: str, command: Any) -> str:
    first = " ".join(plain(command.help).split("\n\n")[0].split())
    return f"- [{name}](#{words.replace(' ', '-')}-{name}): {first}"


def _row(parameter: Any, context: Any) -> str:
    """Name and help of an option or argument, with what `--help` adds to it (default, range, whether it is needed)."""
    shown, said = parameter.get_help_record(context)
    text = plain(said).replace("  [", " [").replace("|", "\\|")
    return f"| `{_name(parameter, shown)}` | {text} |".replace("\n", " ")


def _name(parameter: Any, shown: str) -> str:
    """`--format table|json|csv`, `--limit VALUE`, `--quiet`: type names differ between versions of typer."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if parameter.is_flag:
        return names
    kind = shown.rpartition(" ")[2].strip("<>[]")
    value = parameter.metavar or (kind if "|" in kind else " ".join(["VALUE"] * parameter.nargs))
    return f"{names} {value}".replace("|", "\\|")


def plain(text: str | None) -> str:
    """Help without the backslashes that keep square brackets from being taken for markup."""
    return inspect.cleandoc(text or "").replace("\\[", "[")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
