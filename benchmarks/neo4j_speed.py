"""Loading into a real Neo4j against a bare loop of its driver over the same batches, and reading events from it."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import neo4j
import polars as pl
from campaign_cypher import StoreTarget
from campaign_cypher.events import read_events
from campaign_cypher.model import NODE, RELATIONSHIP
from campaign_cypher.neo4j_store import NODE_ROWS, RELATIONSHIP_ROWS, Neo4jStore
from campaign_cypher.server import Options, start, stop
from campaign_cypher.store import GraphBatch, Written
from campaign_loader import ReadOptions, load
from workshop import Workshop, say

ROUNDS = 3  # the best of them counts, for either side


class Recorder(Neo4jStore):
    """A store that keeps the batches that it was given."""

    def __init__(self, target: StoreTarget) -> None:
        super().__init__(target)
        self.batches: list[GraphBatch] = []

    def write(self, batch: GraphBatch) -> Written:
        """Keep and write."""
        self.batches.append(batch)
        return super().write(batch)


def against_bare_driver(at: Workshop, warm: Path, posts: Path, number: int) -> list[list[object]]:
    """Load by the project and by a bare loop in turns; rows of a table (what, measured, wanted)."""
    options = Options(bolt_port=free_port(), http_port=free_port(), heap="2g", pagecache="1g")
    server, _ = start(at.cache / "neo4j-home", options, say)
    try:
        target = StoreTarget(server.bolt, username="neo4j", password=server.password())
        bare(target, by_project(target, warm)[1])
        mine, theirs = [], []
        for _ in range(ROUNDS):
            say("loading into Neo4j by the project")
            seconds, batches = by_project(target, posts)
            mine.append(seconds)
            events, reading = read(target)
            say("loading into Neo4j by a bare loop")
            theirs.append(bare(target, batches))
    finally:
        stop(server)
    best, bare_best = number / min(mine), number / min(theirs)
    return [
        [f"load {number:,} posts into Neo4j", f"{best:,.0f} posts/s", ""],
        ["a bare driver loop over the same batches", f"{bare_best:,.0f} posts/s", ""],
        ["load against the bare loop", f"{best / bare_best:.0%}", "80 %"],
        [
            "read hashtag events from Neo4j",
            f"{events / reading:,.0f} events/s ({events:,} in {reading:.2f} s)",
            "100,000/s",
        ],
    ]


def by_project(target: StoreTarget, posts: Path) -> tuple[float, list[GraphBatch]]:
    """Load a file into an emptied database: seconds from the file to the reconciled counts, and what was written."""
    empty(target)
    store = Recorder(target)
    try:
        began = perf_counter()
        load([str(posts)], store, ReadOptions(platform="bench"))
        return perf_counter() - began, store.batches
    finally:
        store.close()


def read(target: StoreTarget) -> tuple[int, float]:
    """Number of hashtag events and the seconds to have them as a frame, the second time."""
    store = Neo4jStore(target)
    try:
        read_events(store, "hashtag")
        began = perf_counter()
        return read_events(store, "hashtag").height, perf_counter() - began
    finally:
        store.close()


def bare(target: StoreTarget, batches: Sequence[GraphBatch]) -> float:
    """Write the batches by the plainest loop that is fast: MERGE by columns, no check of anything.

    Statements have the project's numbers of rows, and no columns that are empty throughout.
    """
    empty(target)
    with driver(target) as opened, opened.session() as session:
        began = perf_counter()
        for batch in batches:
            for label, frame in batch.nodes.items():
                filled = frame.select(name for name in frame.columns if frame[name].null_count() < frame.height)
                send(session, filled, merge_node(label, filled), NODE_ROWS)
            for type_, frame in batch.relationships.items():
                send(session, frame, merge_relationship(type_), RELATIONSHIP_ROWS)
        return perf_counter() - began


def send(session: neo4j.Session, frame: pl.DataFrame, text: str, rows: int) -> None:
    """Run a statement on slices of a frame, a transaction each."""
    times = frame.with_columns(pl.col(pl.Datetime).dt.epoch("ms"))
    for part in times.iter_slices(rows):
        session.execute_write(written, text, part.to_dict(as_series=False))


def written(tx: neo4j.ManagedTransaction, text: str, columns: dict[str, list[Any]]) -> None:
    """One statement in its transaction."""
    tx.run(text, columns).consume()


def merge_node(label: str, frame: pl.DataFrame) -> str:
    """The statement for nodes of a label with the frame's columns."""
    key, rest = NODE[label].key, [c for c in frame.columns if c != NODE[label].key]
    values = ", ".join(f"n.{c} = {value(c, frame.schema[c])}" for c in rest)
    create = f" ON CREATE SET {values}" if values else ""
    return f"UNWIND range(0, size(${key}) - 1) AS i MERGE (n:{label} {{{key}: ${key}[i]}}){create}"


def value(column: str, dtype: pl.DataType) -> str:
    """A parameter's value in row i."""
    if not isinstance(dtype, pl.Datetime):
        return f"${column}[i]"
    return f"CASE WHEN ${column}[i] IS NULL THEN null ELSE datetime({{epochMillis: ${column}[i]}}) END"


def merge_relationship(type_: str) -> str:
    """The statement for relationships without properties."""
    kind = RELATIONSHIP[type_]
    source, end = NODE[kind.source], NODE[kind.target]
    return (
        "UNWIND range(0, size($source) - 1) AS i "
        f"MATCH (a:{source.label} {{{source.key}: $source[i]}}) MATCH (b:{end.label} {{{end.key}: $target[i]}}) "
        f"MERGE (a)-[:{type_}]->(b)"
    )


def driver(target: StoreTarget) -> neo4j.Driver:
    """A driver as anybody opens it."""
    return neo4j.GraphDatabase.driver(target.address, auth=(target.username or "", target.password or ""))


def empty(target: StoreTarget) -> None:
    """Delete all nodes; constraints stay."""
    with driver(target) as opened, opened.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
