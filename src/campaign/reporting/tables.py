"""Tables of the report: a caption, heads, cells, and a frame that scrolls on a small screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.reporting.markup import Html, clean, el
from campaign.reporting.numbers import percent

LONG = 25  # rows; longer tables scroll inside their frame on a screen


@dataclass(frozen=True)
class Column:
    """A column's head; `number` ones are set to the right, they and `short` ones are never broken, `wide` have room.

    `fields` are the column's names in the CSV that the page saves, where it is not one of the same name.
    """

    head: str
    number: bool = False
    short: bool = False
    wide: bool = False
    hint: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell's contents, the value by which the column is sorted, and its fields in a CSV (empty: its text)."""

    content: str
    order: str = ""
    fields: tuple[str, ...] = ()


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell | str]],
    sortable: bool = False,
    file: str = "",
) -> Html:
    """A table whose first column heads its rows.

    The page's script sorts it by a click where `sortable`; where it has a `file`, a name without ending, it filters it
    and saves what is left as CSV too.
    """
    heads = el("tr", *(_head(c) for c in columns))
    lines = [el("tr", *_cells(columns, row)) for row in rows]
    classes = "sortable" if sortable or file else "plain"
    named = {"data_file": file} if file else {}
    made = el(
        "table", el("caption", el("span", caption)), el("thead", heads), el("tbody", *lines), class_=classes, **named
    )
    frame = "scroll long" if len(lines) > LONG else "scroll"
    return el("div", made, class_=frame, tabindex="0", role="region", aria_label=caption)


def facts(rows: Iterable[tuple[str, str]]) -> Html:
    """Names and values, one below the other."""
    return el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in rows), class_="facts")


def bar(share: float, colour: str) -> Html:
    """A share as a percentage with a bar behind it."""
    width = f"{max(0.0, min(1.0, share)) * 100:.1f}%"
    fill = el("span", class_="fill", style=f"width:{width};background:{colour}")
    return el("span", el("span", fill, class_="bar", aria_hidden="true"), percent(share), class_="share")


def _look(column: Column) -> dict[str, str]:
    for name in ("number", "short", "wide"):
        if getattr(column, name):
            return {"class_": name}
    return {}


def _head(column: Column) -> Html:
    more = _look(column) | ({"title": column.hint} if column.hint else {}) | _fields(column.fields)
    return el("th", column.head, scope="col", **more)


def _cells(columns: Sequence[Column], row: Sequence[Cell | str]) -> Iterable[Html]:
    for place, (column, given) in enumerate(zip(columns, row, strict=True)):
        cell = given if isinstance(given, Cell) else Cell(given)
        more = _look(column) | ({"data_order": cell.order} if cell.order else {}) | _fields(cell.fields)
        yield el("td", cell.content, **more) if place else el("th", cell.content, scope="row", **more)


def _fields(fields: tuple[str, ...]) -> dict[str, str]:
    return {"data_fields": json.dumps([clean(field) for field in fields], ensure_ascii=False)} if fields else {}
