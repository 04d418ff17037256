"""Frames to stdout: a table for people, JSON or CSV for programs."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from campaign.options import Format
from campaign.streams import put as put

if TYPE_CHECKING:
    import polars as pl

_WIDE = 400
_NARROW = 40


def show(frame: pl.DataFrame, format: Format | str = Format.table) -> None:
    """Write a frame to stdout; times are ISO 8601 in UTC, lists JSON in CSV and joined by spaces in tables.

    CSV is written as all files of it are: no cell is a formula (`campaign.spreadsheet`).
    """
    if format == Format.json:
        put_json([_plain(row) for row in frame.iter_rows(named=True)])
    elif format == Format.csv:
        from campaign.spreadsheet import table

        put(table(frame.columns, frame.iter_rows()))
    else:
        _table(frame)


def width() -> int:
    """Characters of a line: the terminal's, or many where stdout is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE


def wrapped(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs in lines that a terminal shows whole; as they are where stdout is no terminal."""
    if not sys.stdout.isatty():
        return list(paragraphs)
    return [textwrap.fill(paragraph, max(_NARROW, width())) for paragraph in paragraphs]


def put_json(value: Any) -> None:
    """Write JSON to stdout."""
    put(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def iso(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, without a fraction where it is zero."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: iso(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _table(frame: pl.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name, dtype in frame.schema.items():
        table.add_column(Text(name), justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*(Text(_cell(value)) for value in row))
    Console(width=width()).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return " ".join(str(entry) for entry in value)
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in str(value))
