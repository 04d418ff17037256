"""`campaign doctor`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from campaign_cypher import StoreTarget, connect
from campaign_cypher.store import Store
from click.testing import Result
from servers import driver, free_port
from small_graph import small_batch
from typer.testing import CliRunner

from campaign.cli import app
from campaign.health import examine


@pytest.fixture
def small(tmp_path: Path) -> str:
    """Path of an embedded store with the small graph."""
    path = str(tmp_path / "small.lbug")
    store = connect(StoreTarget(path))
    store.apply_schema()
    store.write(small_batch())
    store.close()
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def states(store: str) -> dict[str, str]:
    return {check.name: check.state for check in examine(store)}


def test_a_store_that_is_well(small: str) -> None:
    done = run("doctor", "--store", small)
    assert done.exit_code == 0
    assert "✗" not in done.stdout
    assert "5 POSTED" in done.stdout
    assert "2016-03-22 12:00 to 2016-03-22 12:04 UTC: 5 posts of 3 accounts" in done.stdout
    assert "1 of 4 Account nodes were only named" in done.stdout


def test_no_store_says_what_to_do(tmp_path: Path) -> None:
    done = run("doctor", "--store", str(tmp_path / "none.lbug"))
    assert done.exit_code == 1
    assert "✗ store" in done.stdout
    assert "→ no store at" in done.stdout
    assert "campaign load" in done.stdout


def test_a_store_without_posts_is_broken(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.lbug")
    store = connect(StoreTarget(path))
    store.apply_schema()
    store.close()
    assert states(path) == {"store": "well", "version": "well", "exports": "well", "schema": "well", "posts": "broken"}


def test_a_store_without_schema_is_broken(tmp_path: Path) -> None:
    path = str(tmp_path / "bare.lbug")
    connect(StoreTarget(path)).close()
    assert states(path) == {"store": "well", "version": "well", "exports": "well", "schema": "broken"}


def test_json_has_every_check(small: str) -> None:
    told = json.loads(run("doctor", "--store", small, "--json").stdout)
    assert [c["name"] for c in told] == [c.name for c in examine(small)]
    assert {c["state"] for c in told} == {"well"}


def test_unreachable_server_is_one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    assert states(f"bolt://127.0.0.1:{free_port()}") == {"store": "broken"}


@pytest.mark.neo4j
def test_neo4j_is_told_with_its_plugins(
    neo4j_store: Store, neo4j_target: StoreTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_target.password or "")
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_target.username or "")
    neo4j_store.write(small_batch())
    checks = {check.name: check for check in examine(neo4j_target.address)}
    assert "broken" not in {check.state for check in checks.values()}
    assert checks["version"].found.startswith("Neo4j ")
    assert {"GDS", "APOC"} <= set(checks)
    with driver(neo4j_target) as bare:
        bare.execute_query("DROP CONSTRAINT post_id_unique")
    schema = {check.name: check for check in examine(neo4j_target.address)}["schema"]
    assert (schema.state, schema.found) == ("broken", "1 missing: post_id_unique")


def test_what_exports_want_is_told(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {check.name: check for check in examine(small)}["exports"]
    assert (there.state, "stix" in there.found) == ("well", True)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    lacking = {check.name: check for check in examine(small)}["exports"]
    assert (lacking.state, lacking.found) == ("noted", "stix wants stix2")
    assert "pip install 'campaign[stix]'" in lacking.advice
