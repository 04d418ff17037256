"""The Neo4j store's own matters: logging in, its schema, and who else's data is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from campaign_cypher import StoreTarget, connect, schema
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_session import in_words
from campaign_cypher.store import Store
from neo4j.exceptions import Neo4jError
from servers import driver, free_port
from small_graph import small_batch


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_nobody_answers(scheme: str, capfd: pytest.CaptureFixture[str]) -> None:
    target = StoreTarget(f"{scheme}://127.0.0.1:{free_port()}", "neo4j", "x")
    with pytest.raises(StoreError, match=rf"no Neo4j answers at {scheme}://127\.0\.0\.1.*campaign neo4j status"):
        connect(target)
    assert capfd.readouterr() == ("", "")


def test_address_that_is_none() -> None:
    with pytest.raises(StoreError, match="bolt://127") as caught:
        connect(StoreTarget("bolt://127.0.0.1:notaport", "neo4j", "x"))
    assert "\n" not in str(caught.value)


def test_a_value_that_is_too_long_for_an_index_is_called_so() -> None:
    """It was said to break a constraint, and which value it was stood in a line that was not shown."""
    said = (
        "Unable to create Constraint( name='url_url_unique', schema=(:Url {url}) ):\nProperty value is too large to "
        "index, please see index documentation for limitations. Index: Index( id=27, name='url_url_unique', "
        "type='RANGE', schema=(:Url {url}), indexProvider='range-1.0' ), element id: 4:e0:1, property size: 9011.."
    )
    failed = Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.Schema.ConstraintCreationFailed", message=said)
    with pytest.raises(StoreError) as caught, in_words(StoreTarget("bolt://here")):
        raise failed
    assert str(caught.value) == (
        "bolt://here: a value of :Url {url} has 9011 bytes, which no index takes: shorten or remove it"
    )


@pytest.mark.neo4j
def test_schema_is_made_once_and_recorded(empty_neo4j: StoreTarget) -> None:
    store = connect(empty_neo4j)
    assert set(store.apply_schema()) == set(schema.constraints_and_indexes())
    assert store.apply_schema() == []
    store.close()
    with driver(empty_neo4j) as bare:
        records, _, _ = bare.execute_query(f"MATCH (s:{schema.LABEL}) RETURN s.version AS version, s.name AS name")
        assert [r.data() for r in records] == [{"version": schema.VERSION, "name": schema.FILE.stem}]
        records, _, _ = bare.execute_query("SHOW CONSTRAINTS YIELD type RETURN DISTINCT type")
        assert {"UNIQUE" in r["type"] for r in records} == {True}


@pytest.mark.neo4j
def test_wrong_password_is_refused_in_one_line_without_it(neo4j_target: StoreTarget) -> None:
    with pytest.raises(StoreError, match="refuses the password of neo4j") as caught:
        connect(replace(neo4j_target, password="not-this-one"))  # noqa: S106  # wrong on purpose
    assert "not-this-one" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.neo4j
def test_no_password_is_asked_for(neo4j_target: StoreTarget) -> None:
    with pytest.raises(StoreError, match="wants a password: set NEO4J_PASSWORD"):
        connect(replace(neo4j_target, password=None))


@pytest.mark.neo4j
def test_missing_database_is_said(neo4j_target: StoreTarget) -> None:
    with pytest.raises(StoreError, match="has no database 'nowhere': check NEO4J_DATABASE"):
        connect(replace(neo4j_target, database="nowhere"))


@pytest.mark.neo4j
def test_somebody_elses_data_is_refused_unless_forced(empty_neo4j: StoreTarget) -> None:
    with driver(empty_neo4j) as bare:
        bare.execute_query("CREATE (:Cargo {id: 1})-[:ON]->(:Ship)")
    store = connect(empty_neo4j)
    with pytest.raises(StoreError, match=r"somebody else's data \(2 nodes: Cargo, Ship\).*--force"):
        store.apply_schema()
    store.close()
    forced = connect(replace(empty_neo4j, force=True))
    assert forced.apply_schema()
    forced.write(small_batch())
    forced.close()
    later = connect(empty_neo4j)
    assert later.apply_schema() == []  # once ours, no force is needed
    later.close()


@pytest.mark.neo4j
def test_newer_schema_is_refused(neo4j_store: Store, neo4j_target: StoreTarget) -> None:
    with driver(neo4j_target) as bare:
        bare.execute_query(f"CREATE (:{schema.LABEL} {{version: {schema.VERSION + 1}}})")
    with pytest.raises(StoreError, match=r"newer campaign.*update campaign"):
        connect(neo4j_target)


@pytest.mark.neo4j
def test_committed_schema_file_runs_as_it_is(empty_neo4j: StoreTarget) -> None:
    with driver(empty_neo4j) as bare:
        for statement in schema.FILE.read_text("utf-8").split(";"):
            if statement.strip():
                bare.execute_query(statement)
    store = connect(empty_neo4j)
    assert store.apply_schema() == []
    store.close()


@pytest.mark.neo4j
def test_nothing_is_said_on_stderr(neo4j_store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    neo4j_store.write(small_batch())
    neo4j_store.counts()
    neo4j_store.delete_run("none")
    assert capfd.readouterr() == ("", "")
