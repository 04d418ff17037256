"""What a load writes, collected in files and made into the CSV that `neo4j-admin database import` takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from campaign_cypher import schema
from campaign_cypher.bulk.numbers import Numbers
from campaign_cypher.bulk.text import append_csv
from campaign_cypher.frames import ready
from campaign_cypher.merge import collapse
from campaign_cypher.model import NODE, NODES, RELATIONSHIP, RELATIONSHIPS
from campaign_cypher.reconcile import refuse_missing_ends
from campaign_cypher.seen import NONE, Hashes, among, joined
from campaign_cypher.store import GraphBatch, Written

ROWS_AT_ONCE = 5_000_000
"""Nodes of a label that are merged in memory at once."""


class BulkFiles:
    """Takes batches as a store does, and ends as CSV files of the graph that a store would hold after them.

    Relationships go into their file as they come, the first of each kept. Nodes wait until all is known of them.
    """

    batch_rows: int | None = None

    def __init__(self, folder: Path, address: str) -> None:
        """`folder`: an empty one; `address`: of the Neo4j for which the files are meant."""
        self.address = address
        self.folder = folder
        self._parts = folder / "parts"
        self._parts.mkdir(parents=True)
        self._number: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self._nodes = {node.label: Numbers(first, len(NODES)) for first, node in enumerate(NODES)}
        self._relationships: dict[str, Hashes] = defaultdict(lambda: NONE)

    def apply_schema(self) -> list[str]:
        """Nothing: constraints are made when the import is done."""
        return []

    def write(self, batch: GraphBatch) -> Written:
        """Keep a batch; what is new in it, and what has come before. Raises StoreError where an end is missing."""
        whole = ready(batch)
        frames = {**whole.nodes, **whole.relationships}
        new = {label: self._keep_nodes(label, frame) for label, frame in whole.nodes.items()}
        new |= {type_: self._keep_relationships(type_, frame) for type_, frame in whole.relationships.items()}
        return Written(new=new, there={name: frames[name].height - new[name] for name in new})

    def counts(self) -> dict[str, int]:
        """Number of nodes of each label and relationships of each type that there will be."""
        nodes = {label: len(numbers) for label, numbers in self._nodes.items()}
        return nodes | {type_: len(self._relationships[type_]) for type_ in RELATIONSHIP}

    @property
    def nodes(self) -> int:
        """Number of nodes that there will be, apart from the record of the schema."""
        return sum(map(len, self._nodes.values()))

    def finish(self) -> list[str]:
        """Write the nodes' files and drop what they were made of; the importer's arguments, with paths in `folder`."""
        for label in self._rows:
            for frame in self._merged(label):
                append_csv(self._numbered(label, frame), self._file(label), label)
            for number in range(self._number[label]):
                self._part(label, number).unlink()
        self._parts.rmdir()
        arguments = [f"--nodes={schema.LABEL}={self._schema_node()}"]
        arguments += [f"--nodes={n.label}={path}" for n in NODES if (path := self._path(n.label))]
        return arguments + [f"--relationships={r.type}={path}" for r in RELATIONSHIPS if (path := self._path(r.type))]

    def _keep_nodes(self, label: str, frame: pl.DataFrame) -> int:
        frame.write_ipc(self._part(label, self._number[label]), compression="lz4")
        self._number[label] += 1
        self._rows[label] += frame.height
        return self._nodes[label].add(_keys(label, frame))

    def _keep_relationships(self, type_: str, frame: pl.DataFrame) -> int:
        kind = RELATIONSHIP[type_]
        hashes = frame.select(kind.unique).hash_rows()
        is_new = ~among(hashes, self._relationships[type_])
        frame, hashes = frame.filter(is_new), hashes.filter(is_new)
        ends = {"source": kind.source, "target": kind.target}
        frame = frame.with_columns(self._nodes[label].of(frame[end].hash()).alias(end) for end, label in ends.items())
        refuse_missing_ends(type_, frame.select(pl.any_horizontal(pl.col(ends).is_null()).sum()).item())
        append_csv(frame, self._file(type_), type_)
        self._relationships[type_] = joined(self._relationships[type_], hashes)
        return frame.height

    def _merged(self, label: str) -> Iterator[pl.DataFrame]:
        """All rows of a label, those of the same node made one, in pieces that fit into memory."""
        pieces = -(-self._rows[label] // ROWS_AT_ONCE)
        for piece in range(pieces):
            parts = [self._piece(label, number, piece, pieces) for number in range(self._number[label])]
            yield collapse(NODE[label], pl.concat(parts)) if len(parts) > 1 else parts[0]

    def _piece(self, label: str, number: int, piece: int, pieces: int) -> pl.DataFrame:
        frame = pl.read_ipc(self._part(label, number))
        return frame.filter(_keys(label, frame) % pieces == piece) if pieces > 1 else frame

    def _numbered(self, label: str, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.insert_column(0, self._nodes[label].of(_keys(label, frame)).alias("number"))

    def _part(self, label: str, number: int) -> Path:
        return self._parts / f"{label}-{number}.arrow"

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def _path(self, name: str) -> str | None:
        """The file of a kind as an argument, None where there is none: the importer wants a folder in each path."""
        return f"./{self._file(name).name}" if self._file(name).exists() else None

    def _schema_node(self) -> str:
        """The node by which a store knows its data as ours."""
        file = self._file(schema.LABEL)
        file.write_text(f"version:long,name:string\n{schema.VERSION},{schema.FILE.stem}\n", encoding="utf-8")
        return f"./{file.name}"


def _keys(label: str, frame: pl.DataFrame) -> pl.Series:
    return frame[NODE[label].key].hash()
