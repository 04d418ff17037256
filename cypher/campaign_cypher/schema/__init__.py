"""The schema: constraints for Neo4j and tables for the embedded store, derived from the model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from campaign_cypher.model import NODE, NODES, PROPERTIES, RELATIONSHIPS, Property, ValueType

VERSION = 4
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


@dataclass(frozen=True)
class Rule:
    """A uniqueness constraint, or else an index, on a property `key` of the nodes or relationships called `on`."""

    on: str
    key: str
    unique: bool
    of_nodes: bool = True

    @property
    def name(self) -> str:
        """The name under which it is made; it may be there under another."""
        return f"{self.on.lower()}_{self.key}_{'unique' if self.unique else 'index'}"

    @property
    def statement(self) -> str:
        """What makes it where it is not there. Existence and key constraints would need the Enterprise edition."""
        if self.unique:
            return f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR (n:{self.on}) REQUIRE n.{self.key} IS UNIQUE"
        pattern, entity = (f"(n:{self.on})", "n") if self.of_nodes else (f"()-[r:{self.on}]-()", "r")
        return f"CREATE INDEX {self.name} IF NOT EXISTS FOR {pattern} ON ({entity}.{self.key})"


def rules() -> list[Rule]:
    """The constraints and indexes of a Neo4j that holds our graph."""
    return [
        *(Rule(n.label, n.key, unique=True) for n in NODES),
        *(Rule(n.label, key, unique=False) for n in NODES for key in n.indexes),
        *(Rule(r.type, key, unique=False, of_nodes=False) for r in RELATIONSHIPS for key in r.indexes),
        Rule(LABEL, "version", unique=True),
    ]


def constraints_and_indexes() -> dict[str, str]:
    """Name -> statement for Neo4j."""
    return {rule.name: rule.statement for rule in rules()}


def neo4j_text() -> str:
    """The text of the committed schema file; a test holds that the two are the same."""
    head = [
        f"// Schema of campaign's graph, version {VERSION}",
        "// Derived from campaign_cypher/model.py. `campaign load` applies it. By hand: cypher-shell -f <this file>.",
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


def embedded_column(table: str, name: str) -> str:
    """Statement for the embedded store that adds a property to a table that was made before the model had it."""
    (added,) = (p for p in PROPERTIES[table] if p.name == name)
    return f"ALTER TABLE {quoted(table)} ADD {_columns((added,))}"


def upgraded(found: int | None) -> list[str]:
    """What is said of a store of an older version that was brought up to this one; nothing of a new or equal one."""
    if found is None or found >= VERSION:
        return []
    return [f"schema {found} -> {VERSION}: what was loaded before lacks what is new in it until it is loaded again"]


def quoted(name: str) -> str:
    """A name of the model for use in Cypher: some, such as Group, are words of the language too."""
    return f"`{name}`"


def _columns(properties: tuple[Property, ...]) -> str:
    return ", ".join(f"{quoted(p.name)} {_EMBEDDED_TYPES[p.type]}" for p in properties)
