"""The beginning of an input: what kind of thing it is, its columns or first records. Formats are told by it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from campaign_loader.errors import LoadError
from campaign_loader.source import PARQUET, Source
from campaign_loader.strict_json import loads

Kind = Literal["parquet", "json lines", "json", "csv", "other"]
ENOUGH = 1 << 16
ONE_RECORD = 64 << 20  # a response of an API may be one line of many megabytes
SAMPLES = 20
SEPARATORS = ",\t;|"
KNOWN_BINARIES = {
    b"PK\x03\x04": "a ZIP archive (or a spreadsheet): unpack it, or save the sheet as CSV",
    b"BZh": "bzip2: unpack it first",
    b"\xfd7zXZ": "xz: unpack it first",
    b"SQLite format 3": "an SQLite database: export its table as CSV",
    b"%PDF": "a PDF",
}


@dataclass(frozen=True)
class Head:
    """What the first bytes of an input say. `columns` are a table's, or the dotted keys of JSON records."""

    name: str
    kind: Kind
    columns: tuple[str, ...] = ()
    samples: tuple[Any, ...] = ()
    separator: str = ","
    what: str = "its format is not known"
    """What to tell a user where no format wants it."""


def look(source: Source) -> Head:
    """Look at an input without using it up. Raises LoadError where it is empty or no text and no Parquet."""
    data = source.peek(ENOUGH)
    if not data.strip():
        raise LoadError(f"{source.name}: {source.damage or 'is empty'}; nothing was read")
    if data.startswith(PARQUET):
        return _parquet(source)
    if b"\x00" in data:
        kind = next((what for mark, what in KNOWN_BINARIES.items() if data.startswith(mark)), None)
        advice = kind or "a binary file; wanted are CSV, JSON or Parquet (for UTF-16 text say --encoding utf-16-le)"
        raise LoadError(f"{source.name}: is {advice}")
    if data.lstrip()[:1] in (b"{", b"["):
        return _json(source, data)
    return _csv(source, data)


def _parquet(source: Source) -> Head:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(source.file_path())
    except (pa.ArrowException, OSError) as error:
        raise LoadError(f"{source.name}: is damaged Parquet ({_line(error)}); fetch it again") from error
    names = (
        [f"{field.name}.{inner.name}" for inner in field.type] if pa.types.is_struct(field.type) else [field.name]
        for field in schema
    )
    return Head(source.name, "parquet", tuple(name for group in names for name in group))


def _csv(source: Source, data: bytes) -> Head:
    """A table's header is its first line, or its first record where a name holds a line break."""
    text = data.decode("utf-8", errors="replace")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        names = next(csv.reader([first.rstrip("\r")], delimiter=separator), [])
    except csv.Error as error:
        return Head(source.name, "other", what=f"its first line is no header of a table ({error})")
    if len(names) < 2 or not any(name.strip() for name in names):
        return Head(source.name, "other", what="is text, but no table and no JSON")
    return Head(source.name, "csv", _unique(names), separator=separator)


def _unique(names: list[str]) -> tuple[str, ...]:
    """Column names as they are used: without blanks around them, the second `a` as `a.2`."""
    seen: Counter[str] = Counter()
    unique = []
    for number, name in enumerate(names, 1):
        name = name.strip() or f"column{number}"
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return tuple(unique)


def _json(source: Source, data: bytes) -> Head:
    size = ENOUGH
    while b"\n" not in data.strip() and len(data) >= size and size < ONE_RECORD:
        size *= 4
        data = source.peek(size)
    lines = [line for line in data[: data.rfind(b"\n") + 1 or None].splitlines() if line.strip()]
    records = [record for line in lines if isinstance(record := parsed(line), dict)]
    if isinstance(parsed(lines[0]), dict):
        return Head(source.name, "json lines", dotted(records), tuple(records[:SAMPLES]))
    if (document := _document(source)) is not None:
        return Head(source.name, "json", dotted(document), tuple(document), what="is JSON of no known format")
    if records:
        return Head(source.name, "json lines", dotted(records), tuple(records[:SAMPLES]))
    raise LoadError(f"{source.name}: is neither JSON nor JSON lines: its first line cannot be read; check the file")


def parsed(text: bytes) -> Any:
    """What a JSON text says; None where it is none."""
    try:
        return loads(text)
    except (ValueError, RecursionError):
        return None


def _document(source: Source) -> list[Any] | None:
    """The records of an input that is one JSON document: its list, or itself."""
    data = source.peek(ONE_RECORD + 1)
    if len(data) > ONE_RECORD:
        raise LoadError(
            f"{source.name}: is one JSON document of more than {ONE_RECORD >> 20} MB; write it as one record a line"
        )
    document = parsed(data)
    if document is None or isinstance(document, list):
        return document
    return [document]


def dotted(records: Iterable[Any]) -> tuple[str, ...]:
    """The keys of records, `user.id` for a key inside an object, in the order of their first use."""
    names: dict[str, None] = {}
    for record in records:
        for key, value in record.items() if isinstance(record, dict) else ():
            if isinstance(value, dict):
                names |= dict.fromkeys(f"{key}.{inner}" for inner in value)
            else:
                names[key] = None
    return tuple(names)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
