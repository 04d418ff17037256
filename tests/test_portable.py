"""The same rows from both stores, and the rows that the small graph must give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.answers import FRAME_TYPES
from campaign_cypher.events import read_texts
from campaign_cypher.store import Store
from servers import driver
from small_graph import at, run_batch, small_batch

EVERYBODY = ["x:1", "x:2", "x:3"]
NEEDED: dict[str, Any] = {
    "account": "x:2",
    "accounts": EVERYBODY,
    "a": "x:1",
    "b": "x:3",
    "before": "r0",
    "group_id": "r1-1",
    "handles": ["ann", "target", "nobody"],
    "ids": ["x:1", "x:9", "x:none"],
    "other_id": "r0-1",
    "post_id": "x:p0",
    "run": "r1",
    "tag": "b",
    "tags": ["a", "b"],
    "text": "N",
}
FURTHER: dict[str, list[dict[str, Any]]] = {
    "accounts/hashtags": [{"accounts": ["x:2"], "since": at(2), "limit": 1}],
    "accounts/profiles": [{"ids": []}],
    "accounts/targets": [{"accounts": []}],
    "evidence/account_posts": [{"account": "x:2", "limit": 1}],
    "evidence/posts_of_accounts": [{"accounts": EVERYBODY, "since": at(1), "until": at(3)}],
    "hashtags/accounts": [{"tags": ["a", "b"], "originals": True}],
    "hashtags/names": [{"prefix": "b"}],
    "hashtags/timeline": [{"tags": ["none"]}],
    "hashtags/top": [{"limit": 1}],
    "runs/members": [{"run": "r1", "group_id": "none"}],
}
BOUNDS: list[dict[str, Any]] = [{"since": at(1)}, {"until": at(1)}, {"since": at(90)}]
BOTH = [q for q in queries.all_queries() if q.portable or q.embedded]


def asked(query: queries.StoredQuery) -> list[dict[str, Any]]:
    """Parameters to try a query with: what it needs, then within bounds of time, then what is said above."""
    needed = {p.name: NEEDED[p.name] for p in query.parameters if p.required}
    bounds = BOUNDS if any(p.name == "since" for p in query.parameters) else []
    return [needed, *(needed | bound for bound in bounds), *FURTHER.get(query.id, [])]


def fill(store: Store) -> Store:
    store.write(small_batch())
    store.write(run_batch())
    return store


@pytest.fixture(scope="module")
def small_embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = connect(StoreTarget(str(tmp_path_factory.mktemp("portable") / "small.lbug")))
    store.apply_schema()
    yield fill(store)
    store.close()


@pytest.mark.parametrize("query", BOTH, ids=lambda q: q.id)
def test_embedded_store_answers_what_the_header_says(query: queries.StoredQuery, small_embedded: Store) -> None:
    for parameters in asked(query):
        frame = small_embedded.read(query, parameters)
        assert frame.schema == {field.name: FRAME_TYPES[field.kind] for field in query.fields}


@pytest.mark.neo4j
def test_same_rows_from_both_stores(neo4j_store: Store, small_embedded: Store) -> None:
    fill(neo4j_store)
    ordered = [q for q in BOTH if q.portable and "ORDER BY" in q.text and "UNION" not in q.text]
    assert len(ordered) >= 10
    for query in BOTH:
        for parameters in asked(query):
            ours, theirs = (store.read(query, parameters) for store in (small_embedded, neo4j_store))
            if query not in ordered:
                ours, theirs = (frame.sort(frame.columns) for frame in (ours, theirs))
            assert ours.schema == theirs.schema, query.id
            assert ours.rows() == theirs.rows(), (query.id, parameters)


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("line", "version"), [("neo4j_target", "5"), ("neo4j_target", "25"), ("other_line_target", "5")]
)
def test_both_lines_and_both_versions_of_cypher_take_every_query(
    request: pytest.FixtureRequest, line: str, version: str
) -> None:
    with driver(request.getfixturevalue(line)) as bare:
        records, _, _ = bare.execute_query("CALL dbms.components() YIELD versions RETURN versions[0] AS version")
        if version == "25" and str(records[0]["version"]).startswith("5."):
            pytest.skip("the server that was named is a 5.x, which knows no Cypher 25")
        for query in queries.all_queries():
            bare.execute_query(f"CYPHER {version} EXPLAIN {query.text}", query.bind(asked(query)[0]))


@pytest.mark.neo4j
def test_pictures_are_nodes_and_relationships(neo4j_store: Store) -> None:
    fill(neo4j_store)
    group = neo4j_store.read(queries.get("runs/group_graph"), {"group_id": "r1-1"})
    assert {json.loads(text)["id"] for text in group["account"].drop_nulls()} == {"x:1", "x:2"}
    assert {json.loads(text)["type"] for text in group["edge"].drop_nulls()} == {"COORDINATED_WITH"}
    tag = neo4j_store.read(queries.get("hashtags/graph"), {"tag": "b"})
    assert [json.loads(text)["id"] for text in tag["post"]] == ["x:p2"]


def rows_of(store: Store, id_: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return store.read(queries.get(id_), parameters).rows()


def test_hashtags(small_embedded: Store) -> None:
    assert rows_of(small_embedded, "hashtags/top") == [("a", "A", 3, 2, at(0), at(2)), ("b", "b", 1, 1, at(1), at(1))]
    assert rows_of(small_embedded, "hashtags/accounts", tags=["a", "b"]) == [
        ("x:2", "Bob", 2, 1, at(1), at(2)),
        ("x:1", "Ann", 1, 0, at(0), at(0)),
    ]
    assert rows_of(small_embedded, "hashtags/accounts", tags=["a"], originals=True) == [
        ("x:1", "Ann", 1, 0, at(0), at(0)),
        ("x:2", "Bob", 1, 0, at(1), at(1)),
    ]
    assert rows_of(small_embedded, "accounts/hashtags", accounts=["x:2"]) == [("a", "A", 2, 3), ("b", "b", 1, 1)]


def test_bounds_are_included_and_null_is_open(small_embedded: Store) -> None:
    assert rows_of(small_embedded, "overview/range") == [(at(0), at(4.5), 5, 3)]
    assert rows_of(small_embedded, "overview/range", since=at(1), until=at(3)) == [(at(1), at(3), 3, 2)]
    assert rows_of(small_embedded, "overview/range", since=at(90)) == [(None, None, 0, 0)]


def test_placeholders(small_embedded: Store) -> None:
    assert set(rows_of(small_embedded, "overview/placeholders")) == {("Account", 1, 4), ("Post", 1, 6)}


def test_counts_agree_with_the_stores_own(small_embedded: Store) -> None:
    assert dict(rows_of(small_embedded, "overview/counts")) == small_embedded.counts()


def test_evidence_of_a_pair_is_in_order_of_time(small_embedded: Store) -> None:
    found = small_embedded.read(queries.get("evidence/pair_posts"), {"a": "x:2", "b": "x:3"})
    assert found["post"].to_list() == ["x:p2", "x:p3", "x:p4", "x:p5"]
    assert found["hashtags"].to_list() == [["a", "b"], ["a"], [], []]
    assert found["retweeted"].to_list() == [None, "x:p0", "x:p0", None]


def test_targets_by_way(small_embedded: Store) -> None:
    assert rows_of(small_embedded, "accounts/targets", accounts=EVERYBODY) == [("x:9", "Target", "mention", 1)]


def test_a_run_is_found_again(small_embedded: Store) -> None:
    assert small_embedded.read(queries.get("runs/list"))["campaigns"].to_list() == [1]
    members = small_embedded.read(queries.get("runs/members"), {"run": "r1"})
    assert members.select("account", "role").rows() == [("x:1", "core"), ("x:2", "together")]
    assert small_embedded.read(queries.get("runs/edges"), {"run": "r1"})["n"].sort().to_list() == [3, 4]


def test_texts_are_of_originals_in_order_of_time(small_embedded: Store) -> None:
    ms = int(at(0).timestamp() * 1000)
    assert read_texts(small_embedded).rows() == [
        ("x:1", "x:p1", "one #a @Target", ms),
        ("x:2", "x:p2", "two #A #b", ms + 60_000),
        ("x:3", "x:p5", "no! सुशांत", ms + 270_000),
    ]
    assert read_texts(small_embedded).schema["time"] == pl.Int64()
