"""Frames to stdout: a table for people (where it is too wide, a block a row), JSON or CSV for programs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from campaign.options import Format
from campaign.pasting import is_command
from campaign.streams import put as put
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl

_WIDE = 400


def show(frame: pl.DataFrame, format: Format | str = Format.table, about: Sequence[str] = ()) -> None:
    """Write a frame to stdout; times are ISO 8601 in UTC, lists JSON in CSV and joined by spaces in tables.

    `about` are columns that need no name to say what a row is about: where a table is too wide for the terminal, they
    head the row's block. CSV is written as all files of it are: no cell is a formula
    (`campaign.spreadsheet`).
    """
    if format == Format.json:
        put_json([_plain(row) for row in frame.iter_rows(named=True)])
    elif format == Format.csv:
        from campaign.spreadsheet import table

        put(table(frame.columns, frame.iter_rows()))
    else:
        _table(frame, about)


def width(stream: TextIO | None = None) -> int:
    """Characters of a line of stdout (or of another stream): the terminal's, or many where it is no terminal."""
    return shutil.get_terminal_size().columns if (stream or sys.stdout).isatty() else _WIDE


def wrapped(paragraphs: Iterable[str], stream: TextIO | None = None) -> list[str]:
    """Paragraphs in lines that a terminal shows whole; as they are where stdout (or the stream) is no terminal.

    A command stays one line, so that it can be pasted: the terminal itself breaks it.
    """
    from campaign.tables import LEAST, filled

    if not (stream or sys.stdout).isatty():
        return list(paragraphs)
    wide = max(LEAST, width(stream))
    return [said if is_command(said) else "\n".join(filled(said, wide, "", "")) for said in paragraphs]


def remark(sentences: Iterable[str]) -> None:
    """Words beside the data, a paragraph each: on stderr, so that stdout is for programs."""
    from campaign.reporting.markup import one_line

    for paragraph in wrapped(map(one_line, sentences), sys.stderr):
        tell(paragraph, err=True)


def put_json(value: Any) -> None:
    """Write JSON to stdout."""
    put(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def iso(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, without a fraction where it is zero."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: iso(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _table(frame: pl.DataFrame, about: Sequence[str]) -> None:
    from rich.console import Console

    from campaign.tables import table_or_blocks

    heads = [frame.columns.index(name) for name in about]
    right = {i for i, dtype in enumerate(frame.dtypes) if dtype.is_numeric()}
    rows = [tuple(map(_cell, row)) for row in frame.iter_rows()]
    wide = width()
    shown = table_or_blocks(frame.columns, rows, heads, right, wide)
    if isinstance(shown, str):
        put(shown)
    else:  # without a height rich takes a terminal that calls itself dumb for one of 80 columns
        Console(width=wide, height=frame.height).print(shown)


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
