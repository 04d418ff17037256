"""What a load writes, collected in files and made into the CSV that `neo4j-admin database import` takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from campaign_cypher import schema
from campaign_cypher.bulk.text import csv_of, header_of
from campaign_cypher.frames import ready
from campaign_cypher.merge import collapse
from campaign_cypher.model import NODE, NODES, RELATIONSHIP, RELATIONSHIPS
from campaign_cypher.seen import NONE, Hashes, among, joined
from campaign_cypher.store import GraphBatch, Written

ROWS_AT_ONCE = 5_000_000
"""Rows of a kind that are merged in memory at once."""


class BulkFiles:
    """Takes batches as a store does, and ends as CSV files of the graph that a store would hold after them."""

    batch_rows: int | None = None

    def __init__(self, folder: Path, address: str) -> None:
        """`folder`: an empty one; `address`: of the Neo4j for which the files are meant."""
        self.address = address
        self.folder = folder
        self._parts = folder / "parts"
        self._parts.mkdir(parents=True)
        self._number: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self._known: dict[str, Hashes] = defaultdict(lambda: NONE)

    def apply_schema(self) -> list[str]:
        """Nothing: constraints are made when the import is done."""
        return []

    def write(self, batch: GraphBatch) -> Written:
        """Keep a batch; what is new in it, and what has come before."""
        whole = ready(batch)
        frames = {**whole.nodes, **whole.relationships}
        new = {name: self._keep(name, frame) for name, frame in frames.items()}
        return Written(new=new, there={name: frames[name].height - new[name] for name in new})

    def counts(self) -> dict[str, int]:
        """Number of nodes of each label and relationships of each type that there will be."""
        return {kind: len(self._known[kind]) for kind in (*NODE, *RELATIONSHIP)}

    @property
    def nodes(self) -> int:
        """Number of nodes that there will be, apart from the record of the schema."""
        return sum(len(self._known[label]) for label in NODE)

    def finish(self) -> list[str]:
        """Write the CSV files and drop what they were made of; the importer's arguments, with paths in `folder`."""
        arguments = [f"--nodes={schema.LABEL}={self._schema_node()}"]
        arguments += [f"--nodes={n.label}={files}" for n in NODES if (files := self._csv(n.label))]
        arguments += [f"--relationships={r.type}={files}" for r in RELATIONSHIPS if (files := self._csv(r.type))]
        self._parts.rmdir()
        return arguments

    def _keep(self, name: str, frame: pl.DataFrame) -> int:
        hashes = _hashes(name, frame)
        new = hashes.filter(~among(hashes, self._known[name]))
        self._known[name] = joined(self._known[name], new)
        frame.write_ipc(self._parts / f"{name}-{self._number[name]}.arrow", compression="lz4")
        self._number[name] += 1
        self._rows[name] += frame.height
        return len(new)

    def _csv(self, name: str) -> str:
        """The files of a kind, joined by commas; its header is the first line of the first."""
        files = []
        for number, frame in enumerate(self._merged(name)):
            files.append(f"{name}-{number}.csv")
            csv_of(frame, self.folder / files[-1], header_of(name) if number == 0 else None)
        for number in range(self._number[name]):
            (self._parts / f"{name}-{number}.arrow").unlink()
        return ",".join(f"./{file}" for file in files)  # the importer wants a folder in each path

    def _merged(self, name: str) -> Iterator[pl.DataFrame]:
        """All rows of a kind, those of the same node or relationship made one, in pieces that fit into memory."""
        pieces = -(-self._rows[name] // ROWS_AT_ONCE)
        for piece in range(pieces):
            parts = [self._piece(name, number, piece, pieces) for number in range(self._number[name])]
            rows = pl.concat(parts)
            if name in NODE:
                yield collapse(NODE[name], rows)
            else:
                yield rows.unique(RELATIONSHIP[name].unique, keep="first", maintain_order=True)

    def _piece(self, name: str, number: int, piece: int, pieces: int) -> pl.DataFrame:
        frame = pl.read_ipc(self._parts / f"{name}-{number}.arrow")
        return frame.filter(_hashes(name, frame) % pieces == piece) if pieces > 1 else frame

    def _schema_node(self) -> str:
        """The node by which a store knows its data as ours."""
        file = f"{schema.LABEL}.csv"
        text = f"version:long,name:string\n{schema.VERSION},{schema.FILE.stem}\n"
        (self.folder / file).write_text(text, encoding="utf-8")
        return f"./{file}"


def _hashes(name: str, frame: pl.DataFrame) -> pl.Series:
    if name in NODE:
        return frame[NODE[name].key].hash()
    return frame.select(RELATIONSHIP[name].unique).hash_rows()
