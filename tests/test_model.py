"""The model holds together, and the schema that is committed is the one it says."""

from __future__ import annotations

import pytest
from campaign_cypher import schema
from campaign_cypher.model import NODE, NODES, RELATIONSHIPS


@pytest.mark.parametrize("node", NODES, ids=lambda n: n.label)
def test_names_of_a_node_are_its_properties(node) -> None:
    names = [p.name for p in node.properties]
    assert len(names) == len(set(names))
    assert {node.key, *node.indexes, *([node.newest] if node.newest else [])} <= set(names)


@pytest.mark.parametrize("kind", RELATIONSHIPS, ids=lambda r: r.type)
def test_relationships_join_known_nodes(kind) -> None:
    assert {kind.source, kind.target} <= set(NODE)
    assert {*kind.keys, *kind.indexes} <= {p.name for p in kind.properties}


def test_committed_schema_is_the_models() -> None:
    assert schema.FILE.read_text("utf-8") == schema.neo4j_text()


def test_schema_names_each_constraint_and_needs_no_enterprise() -> None:
    for name, text in schema.constraints_and_indexes().items():
        assert f" {name} IF NOT EXISTS " in text
        assert "IS UNIQUE" in text or text.startswith("CREATE INDEX")
