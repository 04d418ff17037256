"""How a batch gets into the embedded store: look up, check, then append what is new and set what changes."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from campaign_cypher.embedded_file import File
from campaign_cypher.errors import StoreError
from campaign_cypher.merge import changed
from campaign_cypher.model import NODE, RELATIONSHIP, NodeType, RelationshipType
from campaign_cypher.reconcile import reconcile
from campaign_cypher.schema import quoted
from campaign_cypher.store import GraphBatch, Written

_ENDS = ("source", "target")


@dataclass(frozen=True)
class _Part:
    """What a batch does to the nodes of a label or the relationships of a type."""

    new: pl.DataFrame
    there: int


@dataclass(frozen=True)
class _Nodes(_Part):
    changed: pl.DataFrame


class Writer:
    """Writes one batch that is `ready` (typed, one row for each key)."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._counts: dict[str, int] = {}

    def write(self, batch: GraphBatch) -> Written:
        self._counts = {name: self._file.count(name) for name in self._touched(batch)}
        nodes = {label: self._sort_nodes(NODE[label], frame) for label, frame in batch.nodes.items()}
        relationships = {
            type_: self._sort_relationships(RELATIONSHIP[type_], frame, batch, nodes)
            for type_, frame in batch.relationships.items()
        }
        for label, found in nodes.items():
            self._file_nodes(NODE[label], found)
        for type_, kept in relationships.items():
            if kept.new.height:
                self._file.copy(type_, kept.new)
        return self._reconciled({**nodes, **relationships})

    def _touched(self, batch: GraphBatch) -> set[str]:
        ends = {
            end for type_ in batch.relationships for end in (RELATIONSHIP[type_].source, RELATIONSHIP[type_].target)
        }
        return {*batch.nodes, *batch.relationships, *ends}

    def _sort_nodes(self, node: NodeType, frame: pl.DataFrame) -> _Nodes:
        stored = self._stored(node, frame)
        new = frame.join(stored, on=node.key, how="anti") if stored.height else frame
        return _Nodes(new, stored.height, changed(node, stored, frame))

    def _stored(self, node: NodeType, frame: pl.DataFrame) -> pl.DataFrame:
        """The stored rows of a frame's keys, with the model's columns."""
        if not self._counts[node.label]:
            return frame.clear()
        columns = ", ".join(f"n.{quoted(p.name)} AS {quoted(p.name)}" for p in node.properties)
        text = f"LOAD FROM $keys MATCH (n:{quoted(node.label)}) WHERE n.{quoted(node.key)} = k RETURN {columns}"
        found = self._file.frame(text, {"keys": frame.select(k=node.key)})
        return found.with_columns(pl.col(pl.Datetime).dt.replace_time_zone("UTC")).cast(frame.schema)

    def _sort_relationships(
        self, kind: RelationshipType, frame: pl.DataFrame, batch: GraphBatch, nodes: dict[str, _Nodes]
    ) -> _Part:
        for end, label in zip(_ENDS, (kind.source, kind.target), strict=True):
            self._refuse_loose(kind, frame, end, NODE[label], batch)
        old = self._may_be_there(kind, frame, nodes)
        if not old.height or not self._counts[kind.type]:
            return _Part(frame, 0)
        there = old.join(self._stored_relationships(kind, old), on=kind.unique, how="semi")
        return _Part(frame.join(there, on=kind.unique, how="anti"), there.height)

    def _may_be_there(self, kind: RelationshipType, frame: pl.DataFrame, nodes: dict[str, _Nodes]) -> pl.DataFrame:
        """The rows whose ends are stored, as far as they count: a node that this batch makes has no relationships yet.

        A load that was killed between nodes and relationships finds its nodes stored when it runs again, so that
        its relationships are looked up, and those that are missing are written.
        """
        for end, label in zip(_ENDS, (kind.source, kind.target), strict=True):
            if end in kind.unique and label in nodes and nodes[label].new.height:
                frame = frame.join(nodes[label].new, left_on=end, right_on=NODE[label].key, how="anti")
        return frame

    def _stored_relationships(self, kind: RelationshipType, frame: pl.DataFrame) -> pl.DataFrame:
        """Source, target and keys of stored relationships, looked up from the end that has more nodes.

        Nodes of the other end, an author or a hashtag, may have a great many.
        """
        end = "target" if kind.one_source else max(_ENDS, key=lambda name: frame[name].n_unique())
        source, target = quoted(NODE[kind.source].key), quoted(NODE[kind.target].key)
        side = f"a.{source}" if end == "source" else f"b.{target}"
        keys = "".join(f", r.{quoted(key)} AS {quoted(key)}" for key in kind.keys)
        text = (
            f"LOAD FROM $keys MATCH (a:{quoted(kind.source)})-[r:{quoted(kind.type)}]->(b:{quoted(kind.target)}) "
            f"WHERE {side} = k RETURN a.{source} AS source, b.{target} AS target{keys}"
        )
        return self._file.frame(text, {"keys": frame.select(k=end).unique()})

    def _refuse_loose(
        self, kind: RelationshipType, frame: pl.DataFrame, end: str, node: NodeType, batch: GraphBatch
    ) -> None:
        keys = frame.select(pl.col(end).alias(node.key)).unique()
        if node.label in batch.nodes:
            keys = keys.join(batch.nodes[node.label], on=node.key, how="anti")
        if keys.height and self._counts[node.label]:
            text = f"LOAD FROM $keys MATCH (n:{quoted(node.label)}) WHERE n.{quoted(node.key)} = k RETURN k"
            there = self._file.frame(text, {"keys": keys.select(k=node.key)})
            keys = keys.join(there, left_on=node.key, right_on="k", how="anti")
        if keys.height:
            raise StoreError(
                f"{kind.type}: {keys.height} {end} keys are neither in the store nor in the batch, "
                f"the first is {keys[node.key][0]!r} ({node.label}); nothing of the batch was written"
            )

    def _file_nodes(self, node: NodeType, found: _Nodes) -> None:
        if found.new.height:
            self._file.copy(node.label, found.new)
        if found.changed.height:
            rest = [p.name for p in node.properties if p.name != node.key]
            values = found.changed.rename({name: f"v{i}" for i, name in enumerate(rest)} | {node.key: "k"})
            sets = ", ".join(f"n.{quoted(name)} = v{i}" for i, name in enumerate(rest))
            text = f"LOAD FROM $rows MATCH (n:{quoted(node.label)}) WHERE n.{quoted(node.key)} = k SET {sets}"
            self._file.run(text, {"rows": values}).close()

    def _reconciled(self, parts: dict[str, _Part]) -> Written:
        new = {name: part.new.height for name, part in parts.items()}
        after = {name: self._file.count(name) for name in new}
        reconcile(str(self._file.path), {name: self._counts[name] for name in new}, new, after)
        return Written(new=new, there={name: part.there for name, part in parts.items()})
