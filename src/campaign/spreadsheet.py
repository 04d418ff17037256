"""CSV that a spreadsheet opens without running anything: strangers' words stay words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from campaign.output import iso

# A cell that begins so is a formula to a spreadsheet; handles and ids come from strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\n")
# Python's writer puts only the line end that it writes itself into quotes; a lone \r would end the row.
_LINE_ENDS = re.compile(r"\r\n?")


def cell(text: str) -> str:
    r"""Text with \n for every line end, and an apostrophe in front where a spreadsheet would run it as a formula."""
    told = _LINE_ENDS.sub("\n", text)
    return f"'{told}" if told.startswith(_FORMULA) else told


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Columns and rows as CSV: numbers in full precision, times in ISO 8601, lists in JSON, the unknown is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_written(value) for value in row] for row in rows)
    return out.getvalue()


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return cell(value) if isinstance(value, str) else repr(value)
