"""py2neo on both lines of Neo4j: the adapter's answers are the driver's, and what its docstring says is so."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import py2neo
import pytest
import pytz
from campaign_cypher import StoreTarget, connect, schema
from campaign_cypher.errors import StoreError
from polars.testing import assert_frame_equal
from py2neo.bulk import create_nodes, create_relationships, merge_nodes, merge_relationships
from py2neo.errors import ClientError
from servers import delete_data, driver, empty
from small_graph import at, run_batch, small_batch

from campaign import notebook, py2neo_adapter

pytestmark = pytest.mark.neo4j


def login(patch: pytest.MonkeyPatch, target: StoreTarget, password: str | None = None) -> None:
    patch.setenv("NEO4J_URI", target.address)
    patch.setenv("NEO4J_USERNAME", target.username or "")
    patch.setenv("NEO4J_PASSWORD", password or target.password or "")


@pytest.fixture
def graph(each_line_target: StoreTarget, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """py2neo's Graph of a server of each line, which holds the small graph with a run."""
    delete_data(each_line_target)
    with closing(connect(each_line_target)) as store:
        store.apply_schema()
        store.write(small_batch())
        store.write(run_batch())
    login(monkeypatch, each_line_target)
    connected = py2neo_adapter.connect()
    yield connected
    py2neo_adapter.close(connected)
    delete_data(each_line_target)


# --- what works, by the adapter

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("hashtags/top", {}),
    ("hashtags/top", {"since": at(1), "until": at(2)}),
    ("hashtags/top", {"since": at(1) + timedelta(days=900)}),
    ("hashtags/posts", {"tags": ["a", "b"]}),
    ("hashtags/timeline", {"tags": ["a"]}),
    ("accounts/profiles", {"ids": ["x:1", "x:2"]}),
    ("runs/members", {"run": "r1"}),
    ("runs/edges", {"run": "r1"}),
    ("events/hashtag", {}),
]


@pytest.mark.parametrize(("query", "parameters"), ASKED, ids=[query for query, _ in ASKED])
def test_answers_are_the_driver_s(graph: Any, query: str, parameters: dict[str, Any]) -> None:
    ours = py2neo_adapter.ask(graph, query, **parameters)
    with closing(notebook.open_graph()) as store:
        theirs = notebook.ask(store, query, **parameters)
    assert_frame_equal(ours, theirs, check_row_order=query != "hashtags/timeline")


def test_a_picture_is_a_subgraph(graph: Any) -> None:
    drawn = py2neo_adapter.picture(graph, "runs/group_graph", group_id="r1-1")
    assert drawn.labels() >= {"Account", "Group", "Hashtag"}
    assert drawn.types() == {"MEMBER_OF", "COORDINATED_WITH", "PUSHED"}
    with pytest.raises(StoreError, match="gives nodes and relationships: run it with picture"):
        py2neo_adapter.ask(graph, "runs/group_graph", group_id="r1-1")


def test_the_schema_is_made_again_and_again(graph: Any, each_line_target: StoreTarget) -> None:
    empty(each_line_target)
    for _ in range(2):
        assert set(py2neo_adapter.apply_schema(graph)) == set(schema.constraints_and_indexes())
    with driver(each_line_target) as bare:
        records, _, _ = bare.execute_query("SHOW INDEXES YIELD name")
    assert set(schema.constraints_and_indexes()) <= {r["name"] for r in records}


# --- what works, by py2neo itself


def test_nodes_and_relationships_can_be_matched_and_changed(graph: Any) -> None:
    ann = graph.nodes.match("Account", id="x:1").first()
    assert [r.end_node["id"] for r in graph.match((ann,), "POSTED").all()] == ["x:p1"]
    ann["note"] = "seen"
    graph.push(ann)
    assert graph.evaluate("MATCH (a:Account {id: 'x:1'}) RETURN a.note") == "seen"
    graph.merge(py2neo.Relationship(ann, "NOTED", py2neo.Node("Note", text="a")), "Note", "text")
    assert graph.evaluate("MATCH (:Account {id: 'x:1'})-[:NOTED]->(n:Note) RETURN n.text") == "a"
    graph.delete(graph.nodes.match("Note").first())
    assert len(graph.nodes.match("Note")) == 0


def test_transactions_are_kept_or_rolled_back(graph: Any) -> None:
    for end, kept in ((graph.commit, 1), (graph.rollback, 1)):
        transaction = graph.begin()
        transaction.run("CREATE (:Note)")
        end(transaction)
        assert len(graph.nodes.match("Note")) == kept


def test_the_bulk_helpers_write(graph: Any) -> None:
    create_nodes(graph.auto(), [["a"], ["b"]], labels={"Note"}, keys=["text"])
    merge_nodes(graph.auto(), [["b"], ["c"]], ("Note", "text"), keys=["text"])
    ends = {"start_node_key": ("Note", "text"), "end_node_key": ("Note", "text")}
    create_relationships(graph.auto(), [("a", {"n": 1}, "b")], "NEXT", **ends)
    merge_relationships(graph.auto(), [("a", {"n": 1}, "b"), ("b", {"n": 2}, "c")], ("NEXT", "n"), **ends)
    rows = graph.run("MATCH (a:Note)-[r:NEXT]->(b) RETURN a.text, r.n, b.text ORDER BY r.n")
    assert [list(row) for row in rows] == [["a", 1, "b"], ["b", 2, "c"]]


# --- what does not work, as the docstring says; where one of these fails, the docstring can be shorter


def test_schema_calls_do_not_work(graph: Any) -> None:
    for call in (graph.schema.create_uniqueness_constraint, graph.schema.create_index):
        with pytest.raises(ClientError, match="Invalid"):
            call("Note", "text")
    for call in (graph.schema.get_uniqueness_constraints, graph.schema.get_indexes):
        with pytest.raises(ClientError, match="no procedure"):
            call("Account")
    assert "Account" in graph.schema.node_labels


def test_a_time_with_a_zone_cannot_be_sent_or_arrives_as_another(graph: Any) -> None:
    with pytest.raises(TypeError, match="utcoffset"):
        graph.run("RETURN $time", time=at(0))
    equal = "RETURN $time = datetime($text)"
    assert not graph.evaluate(equal, time=at(0).astimezone(pytz.utc), text=at(0).isoformat())


def test_a_time_forgets_its_zone(graph: Any) -> None:
    told = graph.evaluate("RETURN datetime('2024-05-01T10:00:00+02:00')")
    assert told.to_native() == datetime(2024, 5, 1, 10)


# --- bad input


# py2neo leaves the socket of a refused connection open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("what", ["password", "address"])
def test_who_is_not_let_in_is_told_so(
    each_line_target: StoreTarget, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    login(monkeypatch, each_line_target, "wrong" if what == "password" else None)
    if what == "address":
        monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    with pytest.raises(
        StoreError, match=r"py2neo is not let in at bolt://127\.0\.0\.1.*check NEO4J_USERNAME"
    ) as caught:
        py2neo_adapter.connect()
    assert "\n" not in str(caught.value)
    del caught
    gc.collect()


def test_an_embedded_store_is_none_for_py2neo(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no Neo4j: py2neo wants one"):
        py2neo_adapter.connect(str(tmp_path / "a.lbug"))


def test_a_server_that_refuses_is_one_line(graph: Any, each_line_target: StoreTarget) -> None:
    empty(each_line_target)
    graph.run("CREATE (:Account {id: 'x:1'}), (:Account {id: 'x:1'})")
    with pytest.raises(StoreError, match="ConstraintCreationFailed") as caught:
        py2neo_adapter.apply_schema(graph)
    assert "\n" not in str(caught.value)
