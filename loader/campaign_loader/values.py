"""Columns of any type -> ids, times, flags, counters and lists that can be trusted, or null."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from campaign_loader.tables import UTC_TIME

NOTHING = ("", "nan", "none", "null", "na", "n/a", "nat", "<na>", "absent")
LOST_DIGITS = r"^[+-]?\d(?:\.\d+[eE]\+?|[eE]\+)\d{1,2}$"
EXACT_FLOAT = 2.0**53
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
ISO = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M")
OTHER = (
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f UTC",
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f %#z",
    "%a %b %d %H:%M:%S %z %Y",
    "%Y/%m/%d %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d",
)
MONTH_FIRST, DAY_FIRST = "%m/%d/", "%d/%m/"
# Names under which an object in a list keeps what the list is about (X v1 and v2 entities, snscrape, Mastodon).
OBJECT_NAMES = ("tag", "expanded_url", "id_str", "id", "screen_name", "username", "text", "name", "url")


def text_of(values: pl.Series) -> pl.Series:
    """As text, where empty cells and the words that stand for them are null."""
    text = values.cast(pl.String).str.strip_chars()
    return text.set(text.str.to_lowercase().is_in(NOTHING), None)


def ids_of(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Ids as text, and which of them lost digits on the way here (`1.35e+18`, floats above 2^53); those are null."""
    if values.dtype.is_float():
        number = values.fill_nan(None)
        lost = (number.abs() > EXACT_FLOAT).fill_null(False)
        return number.set(lost | (number != number.floor()), None).cast(pl.Int64).cast(pl.String), lost
    if values.dtype.is_integer():
        return values.cast(pl.String), pl.repeat(False, len(values), eager=True)
    text = text_of(values)
    lost = text.str.contains(LOST_DIGITS).fill_null(False)
    return text.set(lost, None).str.replace(r"^(\d+)\.0+$", "$1"), lost


def times_of(values: pl.Series, time_format: str | None = None, day_first: bool | None = None) -> pl.Series:
    """Times in UTC; null where they cannot be read. Without a zone they are taken as UTC.

    Numbers are epoch seconds, milli-, micro- or nanoseconds, told apart by size. Dates like `3/4/2024` are read where
    it is known which comes first (`dates.py`).
    """
    if isinstance(values.dtype, pl.Datetime):
        utc = values.dt.convert_time_zone("UTC") if values.dtype.time_zone else values.dt.replace_time_zone("UTC")
        return utc.cast(UTC_TIME)
    if values.dtype == pl.Date:
        return values.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    if values.dtype.is_numeric():
        return _epoch(values)
    return _written_times(text_of(values), time_format, day_first)


def _epoch(values: pl.Series) -> pl.Series:
    number = pl.col("v")
    size = number.abs()
    micros = (
        pl.when(size < 1e11).then(number.cast(pl.Float64) * 1e6)
        .when(size < 1e14).then(number.cast(pl.Float64) * 1e3)
        .when(size < 1e17).then(number.cast(pl.Float64))
        .otherwise(number.cast(pl.Float64) / 1e3)
    )  # fmt: skip
    frame = values.to_frame("v").select(micros.round().cast(pl.Int64, strict=False).cast(pl.Datetime("us")))
    return frame.to_series().dt.replace_time_zone("UTC")


def _written_times(text: pl.Series, time_format: str | None, day_first: bool | None) -> pl.Series:
    times = pl.Series([None], dtype=UTC_TIME).new_from_index(0, len(text))
    for pattern in (time_format,) if time_format else (None, *ISO, *_others(day_first)):
        left = times.is_null() & text.is_not_null()
        if not left.any():
            break
        read = _epoch(text.cast(pl.Float64, strict=False)) if pattern is None else _strptime(text, pattern)
        times = times.zip_with(~left, read)
    return times


def _others(day_first: bool | None) -> tuple[str, ...]:
    """The less usual forms, with the day or the month first, or without those where that is not known."""
    if day_first is None:
        return tuple(pattern for pattern in OTHER if not pattern.startswith(MONTH_FIRST))
    return tuple(pattern.replace(MONTH_FIRST, DAY_FIRST) if day_first else pattern for pattern in OTHER)


def _strptime(text: pl.Series, pattern: str) -> pl.Series:
    if "%z" in pattern or "%#z" in pattern:
        return text.str.strptime(UTC_TIME, pattern, strict=False)
    return text.str.strptime(pl.Datetime("us"), pattern, strict=False).dt.replace_time_zone("UTC")


def out_of_range(times: pl.Series) -> pl.Series:
    """True where a time is before 1990 or more than a day ahead: years 1 and 9999 stand for "not known"."""
    latest = datetime.now(UTC) + timedelta(days=1)
    return ((times < EARLIEST) | (times > latest)).fill_null(False)


def flags_of(values: pl.Series) -> pl.Series:
    """True, False, or null where the cell says neither."""
    if values.dtype == pl.Boolean:
        return values
    word = values.cast(pl.String).str.strip_chars().str.to_lowercase()
    known = {"true": True, "1": True, "1.0": True, "yes": True, "y": True, "t": True}
    known |= {"false": False, "0": False, "0.0": False, "no": False, "n": False, "f": False}
    return word.replace_strict(known, default=None, return_dtype=pl.Boolean)


def counts_of(values: pl.Series) -> pl.Series:
    """Whole numbers; null where the cell holds none."""
    number = values if values.dtype.is_numeric() else values.cast(pl.String).str.strip_chars()
    return number.cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)


def lists_of(values: pl.Series, addresses: bool = False) -> pl.Series:
    """Lists of text from lists, JSON or Python lists, or words parted by spaces, commas, semicolons or bars.

    `addresses`: commas and semicolons belong to an address unless another one follows.
    """
    if isinstance(values.dtype, pl.List):
        return _from_lists(values)
    text = ids_of(values)[0] if values.dtype.is_float() else text_of(values)  # 9280.0 is the number 9280
    written = text.str.starts_with("[").fill_null(False)
    plain = _parted(text.set(written, None), addresses)
    return plain.zip_with(~written, _from_written(text.set(~written, None))) if written.any() else plain


def _parted(text: pl.Series, addresses: bool) -> pl.Series:
    if addresses:
        return text.str.replace_all(r"[,;|]\s*([A-Za-z][A-Za-z0-9+.-]*://)", " $1").str.extract_all(r"\S+")
    return text.str.extract_all(r"[^\s,;|]+")


def _from_lists(values: pl.Series) -> pl.Series:
    inner = values.dtype.inner  # type: ignore[attr-defined]
    if isinstance(inner, pl.Struct):
        name = next((n for n in OBJECT_NAMES if n in {f.name for f in inner.fields}), inner.fields[0].name)
        values = values.list.eval(pl.element().struct.field(name))
    return values.cast(pl.List(pl.String)).list.eval(pl.element().str.strip_chars())


def _from_written(text: pl.Series) -> pl.Series:
    """Lists as JSON or Python writes them; the same text is read once."""
    known = {cell: _read_list(cell) for cell in text.drop_nulls().unique()}
    return pl.Series([known.get(cell) for cell in text], dtype=pl.List(pl.String))


def _read_list(cell: str) -> list[str]:
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(cell)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        return [name for item in found if (name := _name(item))] if isinstance(found, list) else []
    return [part.strip(" '\"") for part in cell.strip("[]").split(",") if part.strip(" '\"")]  # [a, b] unquoted


def _name(item: Any) -> str | None:
    if isinstance(item, dict):
        item = next((item[name] for name in OBJECT_NAMES if item.get(name) is not None), None)
    return None if item is None else str(item).strip()


def day_of_x(written: Any) -> str | None:
    """X's old way of writing a time (`Mon Nov 07 21:40:04 +0000 2022`) as ISO 8601; anything else as it is."""
    try:
        return datetime.strptime(str(written), "%a %b %d %H:%M:%S %z %Y").isoformat()
    except ValueError:
        return None if written is None else str(written)
