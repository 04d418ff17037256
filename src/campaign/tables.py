"""Rows as people read them in a terminal: a table where it fits, else a block a row, one below the other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.table import Table

Row = Sequence[str]

LEAST = 40  # characters of a line at least, however narrow the terminal
_SHORT = 16  # characters of a cell that stays in one line
_MOST_LINES = 4  # of a longer one: a text that needs more is read more easily across the terminal than in a column
_EDGE, _BETWEEN = 1, 3  # characters that a table spends on its left edge and on each column
_INDENT = "   "


def table_or_blocks(titles: Row, rows: Sequence[Row], about: Sequence[int], right: set[int], width: int) -> Table | str:
    """A table for rich to print; where no table of this width can be read, blocks.

    `about` are the columns that say of themselves what a row is about, `right` those that are set to the right.
    """
    widths = column_widths(titles, rows, width)
    return _table(titles, rows, right, widths) if widths else blocks(titles, rows, about, width)


def column_widths(titles: Row, rows: Sequence[Row], width: int) -> list[int] | None:
    """The columns of a table in so many characters; None where it cannot be read.

    It can where no word and no short text is broken, and no cell has more than some four lines. What room is left
    goes to all alike until they have what they want, so that long texts get most of it.
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(titles)
    least = [_least(title, cells) for title, cells in zip(titles, columns, strict=True)]
    whole = [max(map(_longest_line, (title, *cells))) for title, cells in zip(titles, columns, strict=True)]
    room = width - _EDGE - _BETWEEN * len(titles)
    for level in range(room, -1, -1):
        widths = [max(low, min(high, level)) for low, high in zip(least, whole, strict=True)]
        if sum(widths) <= room:
            return widths
    return None


def blocks(titles: Row, rows: Iterable[Row], about: Sequence[int], width: int) -> str:
    """Of each row what it is about, then the rest with its names; what is empty is left out.

    Where it is not said what a row is about, the first column heads it, by its name.
    """
    told = ["\n".join(_block(titles, row, about, max(LEAST, width))) for row in rows]
    return "\n\n".join(told or ["no rows"]) + "\n"


def _block(titles: Row, row: Row, about: Sequence[int], width: int) -> list[str]:
    cells = [" ".join(cell.split()) for cell in row]
    named = [f"{titles[i]}: {cell}" for i, cell in enumerate(cells) if cell and i not in about]
    head = " · ".join(cells[i] for i in about if cells[i]) if about else named.pop(0) if named else ""
    packed = _packed(named, width - len(_INDENT))
    return [*filled(head, width, "", _INDENT), *(part for line in packed for part in filled(line, width, _INDENT))]


def filled(text: str, width: int, first: str = "", others: str = 2 * _INDENT) -> list[str]:
    """Lines of a text with these indents, broken at blanks alone: ids, links and dates stay whole."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def _packed(items: Iterable[str], width: int) -> list[str]:
    """As many items a line as it holds, each whole; one that is longer than a line by itself."""
    lines: list[str] = []
    for item in items:
        if lines and cell_len(f"{lines[-1]}; {item}") <= width:
            lines[-1] += f"; {item}"
        else:
            lines.append(item)
    return lines


def _least(title: str, cells: Row) -> int:
    """Characters of a column in which no word is broken and no cell gets too many lines."""
    words = [word for text in (title, *cells) for word in text.split()]
    longest = max(map(_longest_line, cells), default=0)
    return max(max(map(cell_len, words), default=0), min(longest, _SHORT), ceil(longest / _MOST_LINES))


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.splitlines()), default=0)


def _table(titles: Row, rows: Iterable[Row], right: set[int], widths: Sequence[int]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for i, (title, width) in enumerate(zip(titles, widths, strict=True)):
        table.add_column(Text(title), justify="right" if i in right else "left", overflow="fold", width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
