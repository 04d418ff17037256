"""`campaign schema`, and the page of the graph that is made of the model."""

from __future__ import annotations

import json
from pathlib import Path

from campaign_cypher import schema
from campaign_cypher.model import NODES, RELATIONSHIPS
from typer.testing import CliRunner

from campaign.cli import app
from campaign.commands.schema import page

GRAPH = Path(__file__).resolve().parents[1] / "docs" / "graph.md"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["schema", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_page_tells_every_property_and_its_meaning() -> None:
    text = run()
    for n in NODES:
        assert f"### {n.label}\n\n{n.meaning}" in text
        assert all(f"| `{p.name}` | {p.type} | {p.meaning}" in text for p in n.properties)
    for r in RELATIONSHIPS:
        assert f"### ({r.source})-[:{r.type}]->({r.target})\n\n{r.meaning}" in text


def test_json_is_the_model() -> None:
    told = json.loads(run("--json"))
    assert told["schema_version"] == schema.VERSION
    assert [n["label"] for n in told["nodes"]] == [n.label for n in NODES]
    assert [r["type"] for r in told["relationships"]] == [r.type for r in RELATIONSHIPS]


def test_cypher_is_the_committed_file() -> None:
    assert run("--format", "cypher") == schema.FILE.read_text("utf-8")


def test_the_graphs_page_holds_the_model_as_it_is() -> None:
    text = GRAPH.read_text("utf-8")
    assert text.partition("<!-- campaign schema -->\n")[2] == page()
