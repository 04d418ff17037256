"""JSON records of an input: one a line, or the items of one document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from campaign_loader.head import Head
from campaign_loader.source import Source
from campaign_loader.strict_json import loads


@dataclass(frozen=True)
class Broken:
    """A line that is no JSON: where, why, and how it stood."""

    line: int
    reason: str
    row: str


def records(source: Source, head: Head, block_bytes: int) -> Iterator[tuple[int, Any]]:
    """Line (or place in the document) from 1, and the record or what was broken. Empty lines are passed over."""
    if head.kind == "json":
        for _ in source.pieces():
            pass  # the document was read by the look at the input
        yield from enumerate(head.samples, 1)
        return
    for number, line in enumerate(_lines(source, block_bytes), 1):
        if line and not line.isspace():
            yield number, _record(number, line)


def _lines(source: Source, block_bytes: int) -> Iterator[bytes]:
    rest = b""
    for block in source.blocks(block_bytes):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _record(number: int, line: bytes) -> Any:
    try:
        return loads(line)
    except UnicodeDecodeError:
        return Broken(number, "not UTF-8 (say --encoding)", line.decode("utf-8", errors="replace"))
    except json.JSONDecodeError as error:
        return Broken(
            number, f"broken JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}", line.decode()
        )
    except RecursionError:
        return Broken(number, "broken JSON: nested too deeply", line.decode())
