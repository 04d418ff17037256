"""Cypher for Neo4j, derived from the model: columns as lists, one MERGE on one key.

Lists of columns, not a list of maps: the server takes them twice as fast. Times travel as seconds and nanoseconds,
since the driver packs numbers many times faster than Python's datetimes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from campaign_cypher.model import NODE, NodeType, Property, RelationshipType

_NANOSECONDS = "__ns"
_PLACEHOLDER = "placeholder"


@cache
def merge_nodes(node: NodeType, given: frozenset[str]) -> str:
    """MERGE of nodes by key; parameters are the columns `given`, each a list.

    ON MATCH is the rule of `campaign_cypher.merge` in Cypher. What decides who is weaker is set last.
    """
    rest = [p for p in node.properties if p.name != node.key and p.name in given]
    lines = [f"UNWIND range(0, size(${node.key}) - 1) AS i MERGE (n:`{node.label}` {{`{node.key}`: ${node.key}[i]}})"]
    if rest:
        lines.append("ON CREATE SET " + ", ".join(f"n.`{p.name}` = {_value(p)}" for p in rest))
        deciding = [p for p in rest if p.name in (node.newest, _PLACEHOLDER)]
        in_order = [p for p in rest if p not in deciding] + sorted(deciding, key=lambda p: p.name == _PLACEHOLDER)
        weaker = _weaker(node, {p.name: p for p in rest})
        lines.append("ON MATCH SET " + ", ".join(f"n.`{p.name}` = {_merged(node, p, weaker)}" for p in in_order))
    return " ".join(lines)


@cache
def merge_relationships(kind: RelationshipType, known_new: bool = False) -> str:
    """MERGE of relationships between nodes that are there; `matched` is the number of rows whose ends were found.

    `known_new`: none of them is there, so that CREATE will do.
    """
    source, target = NODE[kind.source], NODE[kind.target]
    keys = ", ".join(f"`{p.name}`: {_value(p)}" for p in kind.properties if p.name in kind.keys)
    rest = [p for p in kind.properties if p.name not in kind.keys]
    when = "SET " if known_new else "ON CREATE SET "
    set_ = when + ", ".join(f"r.`{p.name}` = {_value(p)}" for p in rest) if rest else ""
    made = f"(a)-[r:`{kind.type}`{f' {{{keys}}}' if keys else ''}]->(b)"
    write = f"{'CREATE' if known_new else 'MERGE'} {made} {set_}"
    if kind.one_source:  # a batch has a target once
        there = f"EXISTS {{ (b)<-[:`{kind.type}`]-() }}"
        write = (
            f"FOREACH (_ IN CASE WHEN {there} THEN [] ELSE [1] END | CREATE {made} {set_.removeprefix('ON CREATE ')})"
        )
    return (
        "UNWIND range(0, size($source) - 1) AS i "
        f"MATCH (a:`{source.label}` {{`{source.key}`: $source[i]}}) "
        f"MATCH (b:`{target.label}` {{`{target.key}`: $target[i]}}) "
        f"{write} RETURN count(*) AS matched"
    )


@cache
def keyed_relationships(kind: RelationshipType) -> str:
    """What is there of a kind with keys, for the values $values of its first key, as a list a column."""
    source, target = NODE[kind.source], NODE[kind.target]
    keys = ", ".join(f"collect(r.`{key}`) AS `{key}`" for key in kind.keys)
    return (
        f"MATCH (a:`{source.label}`)-[r:`{kind.type}`]->(b:`{target.label}`) WHERE r.`{kind.keys[0]}` IN $values "
        f"RETURN collect(a.`{source.key}`) AS source, collect(b.`{target.key}`) AS target, {keys}"
    )


def columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    """The parameters of a statement above: each column as a list, a time as two of them."""
    lists: dict[str, list[Any]] = {}
    for name, dtype in frame.schema.items():
        if isinstance(dtype, pl.Datetime):
            micros = frame[name].dt.epoch("us")
            lists[name] = (micros // 1_000_000).to_list()
            lists[name + _NANOSECONDS] = (micros % 1_000_000 * 1000).to_list()
        else:
            lists[name] = frame[name].to_list()
    return lists


def filled(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without columns that are null throughout: they would change nothing."""
    return frame.select(name for name in frame.columns if frame[name].null_count() < frame.height)


def _value(property: Property) -> str:
    name = property.name
    if property.type != "time":
        return f"${name}[i]"
    moment = f"datetime({{epochSeconds: ${name}[i], nanosecond: ${name}{_NANOSECONDS}[i]}})"
    return f"CASE WHEN ${name}[i] IS NULL THEN null ELSE {moment} END"


def _weaker(node: NodeType, given: dict[str, Property]) -> str:
    """Whether the incoming row is the weaker, as Cypher; 'true' or 'false' where that is known beforehand."""
    if node.first_stays:
        return "true"
    weaker = "false"
    if node.newest in given:
        weaker = f"coalesce({_value(given[node.newest])} < n.`{node.newest}`, false)"
    if not any(p.name == _PLACEHOLDER for p in node.properties):
        return weaker
    new = f"coalesce(${_PLACEHOLDER}[i], false)" if _PLACEHOLDER in given else "false"
    old = f"coalesce(n.`{_PLACEHOLDER}`, false)"
    return f"CASE WHEN {new} = {old} THEN {weaker} ELSE {new} END"


def _merged(node: NodeType, property: Property, weaker: str) -> str:
    new, old = _value(property), f"n.`{property.name}`"
    if property.name == _PLACEHOLDER:
        return f"coalesce({new} AND {old}, {new}, {old})"
    if property.name == node.newest:
        return f"CASE WHEN coalesce({new} < {old}, false) THEN {old} ELSE coalesce({new}, {old}) END"
    first, second = f"coalesce({old}, {new})", f"coalesce({new}, {old})"
    fixed = {"true": first, "false": second}
    return fixed.get(weaker, f"CASE WHEN {weaker} THEN {first} ELSE {second} END")
