"""`campaign schema`: the graph's model as a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import typer


class _PageFormat(StrEnum):
    markdown = "markdown"
    json = "json"
    cypher = "cypher"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(
    format: _PageFormat = typer.Option(_PageFormat.markdown, help="A page, JSON, or the statements for Neo4j."),
    as_json: bool = typer.Option(False, "--json", help="The same as --format json."),
) -> None:
    """Print the graph's model: labels, keys, properties and relationships, each with its meaning.

    Example: campaign schema --format cypher | cypher-shell
    """
    from campaign_cypher.schema import neo4j_text

    from campaign.output import put, put_json

    if as_json or format == _PageFormat.json:
        put_json(as_dict())
    elif format == _PageFormat.cypher:
        put(neo4j_text())
    else:
        put(page())


def page() -> str:
    """The model as Markdown; docs/graph.md holds it between its marks."""
    from campaign_cypher.model import NODES, RELATIONSHIPS

    lines = ["## Nodes", ""]
    for n in NODES:
        lines += [f"### {n.label}", "", f"{n.meaning} Key: `{n.key}`.", "", *_properties(n.properties)]
    lines += ["## Relationships", ""]
    for r in RELATIONSHIPS:
        unique = f" One for each source, target, {', '.join(f'`{k}`' for k in r.keys)}." if r.keys else ""
        lines += [f"### ({r.source})-[:{r.type}]->({r.target})", "", r.meaning + unique, ""]
        lines += _properties(r.properties)
    return "\n".join(lines).rstrip("\n") + "\n"


def as_dict() -> dict[str, Any]:
    """The model as JSON's types."""
    from dataclasses import asdict

    from campaign_cypher.model import NODES, RELATIONSHIPS
    from campaign_cypher.schema import VERSION

    return {
        "schema_version": VERSION,
        "nodes": [asdict(n) for n in NODES],
        "relationships": [asdict(r) for r in RELATIONSHIPS],
    }


def _properties(properties: Any) -> list[str]:
    if not properties:
        return []
    rows = [f"| `{p.name}` | {p.type} | {p.meaning.replace('|', '&#124;')} |" for p in properties]
    return ["| property | type | meaning |", "|---|---|---|", *rows, ""]
