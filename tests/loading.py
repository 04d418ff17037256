"""Helpers for tests of the loader: a file as tables, and a store that only records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from campaign_cypher.store import GraphBatch, Written
from campaign_loader.dates import ordered
from campaign_loader.formats import recognise
from campaign_loader.head import look
from campaign_loader.options import ReadOptions
from campaign_loader.source import open_source
from campaign_loader.tables import Tables

PARTS = (
    *("accounts", "posts", "hashtags", "mentions", "urls", "images", "retweets", "quotes", "replies"),
    *("follows", "likes", "retweeted", "snapshots", "rejected"),
)


def read(path: Path, options: ReadOptions | None = None) -> Tables:
    """A file's tables, all chunks put together."""
    chunks = list(read_chunks(path, options or ReadOptions()))
    frames = {part: pl.concat([getattr(chunk, part) for chunk in chunks]) for part in PARTS}
    said = tuple(line for chunk in chunks for line in chunk.said)
    dropped = {reason: count for chunk in chunks for reason, count in chunk.dropped.items()}
    return Tables(**frames, rows=sum(chunk.rows for chunk in chunks), dropped=dropped, said=said)


def read_chunks(path: Path, options: ReadOptions) -> Iterator[Tables]:
    with ordered(options, [str(path)], lambda _: None) as (options, _):
        source = open_source(str(path), options.encoding)
    try:
        head = look(source)
        yield from recognise(head, options.format).read(source, head, options)
    finally:
        source.close()


def format_of(path: Path) -> str:
    source = open_source(str(path))
    try:
        return recognise(look(source)).NAME
    finally:
        source.close()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def pairs(frame: pl.DataFrame, *columns: str) -> set[tuple[object, ...]]:
    """The rows of some columns as a set."""
    return set(frame.select(columns).rows())


class RecordingStore:
    """A store that keeps keys in memory and complains as a real one would: no repeats, no loose ends."""

    dialect = "embedded"
    address = "memory"
    batch_rows: int | None = None

    def __init__(self) -> None:
        self.keys: dict[str, set[object]] = {}
        self.batches: list[GraphBatch] = []

    def apply_schema(self) -> list[str]:
        return []

    def write(self, batch: GraphBatch) -> Written:
        self.batches.append(batch)
        new: dict[str, int] = {}
        there: dict[str, int] = {}
        for name, frame in {**batch.nodes, **batch.relationships}.items():
            rows = set(frame["source", "target"].rows() if name in batch.relationships else frame.to_series(0))
            assert len(rows) == frame.height, f"{name} repeats keys"
            have = self.keys.setdefault(name, set())
            new[name], there[name] = len(rows - have), len(rows & have)
            have |= rows
        return Written(new, there)

    def counts(self) -> dict[str, int]:
        return {name: len(keys) for name, keys in self.keys.items()}
