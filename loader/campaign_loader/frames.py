"""An input as frames of its columns, whatever it is written in, with the lines that could not be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from campaign_loader.csv_blocks import Frame, csv_frames
from campaign_loader.errors import LoadError
from campaign_loader.head import Head, dotted
from campaign_loader.json_records import Broken, records
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import REJECTED

PIECE_ROWS = 50_000


def frames(source: Source, head: Head, options: ReadOptions, columns: tuple[str, ...]) -> Iterator[Frame]:
    """The input in order, in frames as large as the options allow.

    `columns` are those that are wanted; the others come along where that costs nothing. Keys of JSON records that the
    head of the input did not have come along from where they first are.
    """
    held: list[Frame] = []
    for frame in pieces(source, head, options, columns):
        held.append(frame)
        rows = sum(f.rows.height for f in held)
        if rows >= options.chunk_rows or sum(f.rows.estimated_size() for f in held) >= options.chunk_bytes:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(parts: list[Frame]) -> Frame:
    return Frame(
        pl.concat([part.rows for part in parts], how="diagonal"),
        lambda: pl.concat([part.lines() for part in parts]),
        pl.concat([part.broken for part in parts]),
    )


def pieces(source: Source, head: Head, options: ReadOptions, columns: tuple[str, ...]) -> Iterator[Frame]:
    """The input in order, in frames as small as they come."""
    if head.kind == "parquet":
        return _parquet(source, min(PIECE_ROWS, options.chunk_rows))
    if head.kind == "csv":
        return csv_frames(source, head, options.block_bytes)
    if head.kind in ("json", "json lines"):
        return _json(source, head, options, columns)
    raise LoadError(f"{source.name}: {head.what}, so it cannot be read as a table")


def _parquet(source: Source, piece_rows: int) -> Iterator[Frame]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    first = 1
    try:
        with pq.ParquetFile(source.file_path()) as file:
            total = max(file.metadata.num_rows, 1)
            for batch in file.iter_batches(batch_size=piece_rows):
                rows = _plain(pl.DataFrame(batch))
                yield Frame(rows, _numbered(first, rows.height), pl.DataFrame(schema=REJECTED))
                first += rows.height
                source.done = (source.size or 0) * (first - 1) // total
    except (pa.ArrowException, OSError) as error:
        source.damage = (
            f"the Parquet is damaged after row {first - 1} ({' '.join(str(error).split())[:120]}): fetch the file again"
        )


def _plain(rows: pl.DataFrame) -> pl.DataFrame:
    """Parts of structs as columns of their own, `user.id`; bytes as text, as some writers mean them."""
    for name, dtype in rows.schema.items():
        if isinstance(dtype, pl.Struct):
            parts = (pl.col(name).struct.field(field.name).alias(f"{name}.{field.name}") for field in dtype.fields)
            rows = rows.with_columns(parts).drop(name)
    return rows.with_columns(
        pl.col(pl.Binary).cast(pl.String, strict=False),
        pl.col(pl.List(pl.Binary)).cast(pl.List(pl.String), strict=False),
    )


def _numbered(first: int, count: int) -> Callable[[], pl.Series]:
    return lambda: pl.int_range(first, first + count, eager=True)


def _json(source: Source, head: Head, options: ReadOptions, columns: tuple[str, ...]) -> Iterator[Frame]:
    good: list[tuple[int, dict[str, Any]]] = []
    broken: list[Broken] = []
    known = {name.partition(".")[0] for name in head.columns} | set(head.columns)
    for line, record in records(source, head, options.block_bytes):
        if isinstance(record, dict):
            good.append((line, record))
            if not record.keys() <= known:
                columns = (*columns, *(name for name in dotted([record]) if name.partition(".")[0] not in known))
                known |= record.keys()
        else:
            broken.append(record if isinstance(record, Broken) else Broken(line, "no JSON object", json.dumps(record)))
        if len(good) + len(broken) >= min(PIECE_ROWS, options.chunk_rows):
            yield _json_frame(good, broken, columns)
            good, broken = [], []
    yield _json_frame(good, broken, columns)


def _json_frame(good: list[tuple[int, dict[str, Any]]], broken: list[Broken], columns: tuple[str, ...]) -> Frame:
    lines = pl.Series([line for line, _ in good], dtype=pl.Int64)
    rows = pl.DataFrame([_column(name, [record for _, record in good]) for name in dict.fromkeys(columns)])
    return Frame(rows, lambda: lines, pl.DataFrame([(b.line, b.reason, b.row) for b in broken], REJECTED, orient="row"))


def _column(name: str, found: list[dict[str, Any]]) -> pl.Series:
    """One key of the records as text (numbers keep every digit); lists as JSON, to be read as lists."""
    outer, _, inner = name.partition(".")
    if inner and not any(name in record for record in found):
        cells = [part.get(inner) if isinstance(part := record.get(outer), dict) else None for record in found]
    else:
        cells = [record.get(name) for record in found]
    return pl.Series(name, [_cell(cell) for cell in cells], dtype=pl.String)


def _cell(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return json.dumps(cell, ensure_ascii=False)
