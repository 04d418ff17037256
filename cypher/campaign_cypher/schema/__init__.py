"""The schema: constraints for Neo4j and tables for the embedded store, derived from the model."""

from __future__ import annotations

from pathlib import Path

from campaign_cypher.model import NODE, NODES, RELATIONSHIPS, Property, ValueType

VERSION = 1
"""Version of the schema that this program writes. A store of a higher version is refused."""

LABEL = "CampaignSchema"
"""Label of the node that records an applied version in the store itself; no part of the data."""

FILE = Path(__file__).with_name(f"V{VERSION:03}__constraints.cypher")

_EMBEDDED_TYPES: dict[ValueType, str] = {
    "string": "STRING",
    "integer": "INT64",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "time": "TIMESTAMP",
}


def constraints_and_indexes() -> dict[str, str]:
    """Name -> statement for Neo4j. Uniqueness only: existence and key constraints need the Enterprise edition."""
    constraint = "CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
    index = "CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"
    named = [(constraint, n.label, n.key, "unique") for n in NODES]
    named += [(index, n.label, key, "index") for n in NODES for key in n.indexes]
    named.append((constraint, LABEL, "version", "unique"))
    return {
        (name := f"{label.lower()}_{key}_{kind}"): text.format(name=name, label=label, key=key)
        for text, label, key, kind in named
    }


def neo4j_text() -> str:
    """The text of the committed schema file; a test holds that the two are the same."""
    head = [
        f"// Schema of campaign's graph, version {VERSION}",
        "// Derived from campaign_cypher/model.py. `campaign load` applies it; by hand: cypher-shell -f <this file>.",
    ]
    return "\n".join([*head, *(f"{text};" for text in constraints_and_indexes().values())]) + "\n"


def embedded_tables() -> dict[str, str]:
    """Table name -> statement for the embedded store. Times are TIMESTAMP, in UTC."""
    tables = {
        n.label: f"CREATE NODE TABLE IF NOT EXISTS {quoted(n.label)}({_columns(n.properties)}, "
        f"PRIMARY KEY({quoted(n.key)}))"
        for n in NODES
    }
    for r in RELATIONSHIPS:
        ends = f"FROM {quoted(NODE[r.source].label)} TO {quoted(NODE[r.target].label)}"
        inside = ", ".join([ends, *([_columns(r.properties)] if r.properties else [])])
        tables[r.type] = f"CREATE REL TABLE IF NOT EXISTS {quoted(r.type)}({inside})"
    tables[LABEL] = f"CREATE NODE TABLE IF NOT EXISTS {LABEL}(version INT64, name STRING, PRIMARY KEY(version))"
    return tables


def quoted(name: str) -> str:
    """A name of the model for use in Cypher: some, such as Group, are words of the language too."""
    return f"`{name}`"


def _columns(properties: tuple[Property, ...]) -> str:
    return ", ".join(f"{quoted(p.name)} {_EMBEDDED_TYPES[p.type]}" for p in properties)
