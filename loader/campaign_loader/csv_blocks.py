"""CSV in blocks: polars where the quotes are in order, Python's csv module line by line where they are not."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_loader.head import Head
from campaign_loader.source import Source
from campaign_loader.tables import REJECTED

QUOTE, NEWLINE, RETURN = 34, 10, 13
LONGEST_RECORD = 1 << 20


@dataclass(frozen=True)
class Frame:
    """Rows with the columns of the input, the line of each (counted when asked), and lines already rejected.

    In rows of CSV all cells are text, and an empty one is "".
    """

    rows: pl.DataFrame
    lines: Callable[[], pl.Series]
    broken: pl.DataFrame


def csv_frames(source: Source, head: Head, block_bytes: int) -> Iterator[Frame]:
    """The records after the header, a frame for each block; no record is parted, though it may hold line breaks."""
    rest, line, started = b"", 1, False
    blocks = source.blocks(block_bytes)
    block = next(blocks, b"")
    while block or rest:
        following = next(blocks, b"")
        data, last = rest + block, not following
        if not started:
            skipped, data = _without_header(data)
            line, started = 1 + skipped, True
        frame, rest = _parse(data, head, line, last)
        yield frame
        line += data.count(b"\n", 0, len(data) - len(rest))
        block = following


def _without_header(data: bytes) -> tuple[int, bytes]:
    start = len(data) - len(data.lstrip(b"\r\n"))
    end = data.find(b"\n", start) + 1 or len(data)
    return data.count(b"\n", 0, end), data[end:]


def _parse(data: bytes, head: Head, line: int, last: bool) -> tuple[Frame, bytes]:
    """The records of a block whose first line has the number `line`, and what is left of an unfinished record."""
    end = _orderly_end(data, ord(head.separator), last)
    if end is not None:
        frame = _by_polars(data[:end], head, line)
        if frame is not None:
            return frame, data[end:]
    return _by_lines(data, head, line, last)


def _orderly_end(data: bytes, separator: int, last: bool) -> int | None:
    """Where the last whole record ends; None where quotes do not open and close fields as they should."""
    quotes = np.flatnonzero(np.frombuffer(data, np.uint8) == QUOTE)
    if not _orderly(data, quotes, separator) or (last and len(quotes) % 2):
        return None
    if last:
        return len(data)
    end = len(data)
    while (end := data.rfind(b"\n", 0, end)) >= 0:
        before = int(np.searchsorted(quotes, end))
        if before % 2 == 0:
            return end + 1
        end = int(quotes[before - 1])  # the line break is inside of quotes: go back to where they open
    return None if len(data) > LONGEST_RECORD else 0


def _orderly(data: bytes, quotes: NDArray[np.int64], separator: int) -> bool:
    """Whether quotes open after a separator and close before one; doubled quotes inside do both."""
    around = np.frombuffer(b"\n" + data + b"\n", np.uint8)
    edges = (separator, NEWLINE, RETURN, QUOTE)
    before, after = around[quotes[0::2]], around[quotes[1::2] + 2]
    return bool(np.isin(before, edges).all() and np.isin(after, edges).all())


def _by_polars(data: bytes, head: Head, line: int) -> Frame | None:
    """The fast way; None where a record has too few or too many fields, or is not UTF-8."""
    schema = dict.fromkeys(head.columns, pl.String())
    try:
        rows = pl.read_csv(
            data, has_header=False, schema=schema, separator=head.separator, empty_string_is_null=False
        ) if data.strip() else pl.DataFrame(schema=schema)  # fmt: skip
    except pl.exceptions.PolarsError:
        return None
    lines = _line_counter(rows, line)
    short = rows[head.columns[-1]].is_null()
    if not short.any():
        return Frame(rows, lines, pl.DataFrame(schema=REJECTED))
    empty = rows.select(pl.all_horizontal(pl.all().is_null() | (pl.all() == ""))).to_series()
    if (short & ~empty).any():
        return None
    return Frame(rows.filter(~short), lambda: lines().filter(~short), pl.DataFrame(schema=REJECTED))


def _line_counter(rows: pl.DataFrame, line: int) -> Callable[[], pl.Series]:
    breaks = pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True)).cast(pl.Int64) + 1
    return lambda: rows.select(line + breaks.cum_sum().shift(1, fill_value=0)).to_series()


def _by_lines(data: bytes, head: Head, line: int, last: bool) -> tuple[Frame, bytes]:
    """The careful way: records that are broken are left out one physical line at a time."""
    pieces = data.split(b"\n")
    rest = b"" if last else pieces.pop()
    text = [piece.decode("utf-8", errors="surrogateescape") for piece in pieces]
    good: list[tuple[int, list[str]]] = []
    broken: list[tuple[int, str, str]] = []
    at = 0
    while at < len(text):
        reader = csv.reader((text[i] + "\n" for i in range(at, len(text))), delimiter=head.separator, strict=True)
        start = at
        try:
            for cells in reader:
                stood = "\n".join(text[start : at + reader.line_num])
                _sort(cells, stood, line + start, len(head.columns), good, broken)
                start = at + reader.line_num
            break
        except csv.Error as error:
            left = sum(map(len, pieces[start:])) if len(pieces) - start < LONGEST_RECORD else LONGEST_RECORD
            if not last and left < LONGEST_RECORD and "unexpected end" in str(error):
                rest = b"\n".join([*pieces[start:], rest])
                break
            broken.append((line + start, f"quotes are broken ({error})", _shown(text[start])))
            at = start + 1
    rows = pl.DataFrame([cells for _, cells in good], dict.fromkeys(head.columns, pl.String()), orient="row")
    lines = pl.Series([number for number, _ in good], dtype=pl.Int64)
    return Frame(rows, lambda: lines, pl.DataFrame(broken, REJECTED, orient="row")), rest


def _sort(
    cells: list[str],
    stood: str,
    line: int,
    width: int,
    good: list[tuple[int, list[str]]],
    broken: list[tuple[int, str, str]],
) -> None:
    if not any(cells):
        return  # an empty line
    if len(cells) > width and not any(cells[width:]):
        cells = cells[:width]  # separators at the end of the line
    if not stood.isascii() and any("\udc80" <= sign <= "\udcff" for sign in stood):
        broken.append((line, "not UTF-8 (say --encoding)", _shown(stood)))
    elif len(cells) != width:
        broken.append((line, f"has {len(cells)} field{'s' * (len(cells) != 1)} where the header has {width}", stood))
    else:
        good.append((line, cells))


def _shown(stood: str) -> str:
    return stood.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
