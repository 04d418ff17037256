"""What a settings file may say. A name that nothing reads is told: it changes nothing, and nobody would know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from campaign_cypher.errors import StoreError
from campaign_cypher.nearest import did_you_mean

KEYS = ("store", "username", "database", "password_file", "queries", "browser")


def known_keys(path: Path, values: Mapping[str, Any]) -> None:
    """Raises StoreError for a key outside all tables that is none."""
    for name, value in values.items():
        if not isinstance(value, dict) and name not in KEYS:
            advice = f"there are {', '.join(KEYS)}; options stand in a table of their command, such as [detect]"
            raise _unknown(path, f"there is no key {name}", name, KEYS, advice)


def by_parameter(path: Path, table: Mapping[str, Any], command: Any, words: str = "") -> dict[str, Any]:
    """The tables with the names that a command's parameters have within: an option is written as `--help` shows it.

    Dashes in names may be written as dashes or underscores. Raises StoreError for a command or an option that is none.
    """
    below = getattr(command, "commands", {})
    names = {_plain(name): name for name in below} if below else _options(command)
    named: dict[str, Any] = {}
    for written, value in table.items():
        name = names.get(_plain(written))
        inside = f"{words}.{written}".strip(".")
        if name is None:
            what = f"there is no command {inside.replace('.', ' ')}" if below else f"[{words}] has no {written}"
            raise _unknown(path, what, _plain(written), names, f"there are {', '.join(sorted(names))}")
        if below and not isinstance(value, dict):
            raise StoreError(f"{path}: {inside} is a command: write its options below [{inside}]")
        named[name] = by_parameter(path, value, below[name], inside) if below else value
    return named


def _options(command: Any) -> dict[str, str]:
    """Long options and arguments, as they are written, with the names of their parameters."""
    return {
        _plain(written): parameter.name
        for parameter in command.params
        for written in parameter.opts
        if written.startswith("--") or parameter.param_type_name == "argument"
    }


def _plain(name: str) -> str:
    return name.removeprefix("--").replace("-", "_")


def _unknown(path: Path, what: str, name: str, known: Iterable[str], advice: str) -> StoreError:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    return StoreError(f"{path}: {what}: {did_you_mean(near) if near else advice}")
