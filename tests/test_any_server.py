"""Servers as they come: other schemes, constraints of other names, few rights, and ones that fall silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect, neo4j_session, queries, schema
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_session import Session
from campaign_cypher.neo4j_store import Neo4jStore
from campaign_cypher.store import GraphBatch, Store
from neo4j.exceptions import ClientError
from servers import driver, empty
from small_graph import small_batch


class Line:
    """A way to a server that can be cut: it forwards bytes between one port here and the server's."""

    def __init__(self, target: StoreTarget) -> None:
        to = urlsplit(target.address)
        self._to = (to.hostname or "", to.port or 7687)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.target = replace(target, address=f"bolt://127.0.0.1:{self._door.getsockname()[1]}")
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Nothing gets through from now on."""
        for one in (self._door, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(self._to)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._forward, args=(one, other), daemon=True).start()

    @staticmethod
    def _forward(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)


@pytest.fixture
def line(neo4j_store: Store, neo4j_target: StoreTarget) -> Iterator[Line]:
    """A way to the emptied Neo4j that has our schema."""
    made = Line(neo4j_target)
    yield made
    made.cut()


def forbid(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Let the server refuse statements with a word, as one does whose user lacks the right: Community has no roles."""
    write = Session.write

    def refusing(self: Session, work: object) -> object:
        def asked(tx: object) -> object:
            class Watched:
                def run(self, text: str, *args: object, **kwargs: object) -> object:
                    if word in text:
                        raise ClientError._hydrate_neo4j(
                            code="Neo.ClientError.Security.Forbidden", message="Schema operation is not allowed"
                        )
                    return tx.run(text, *args, **kwargs)  # type: ignore[attr-defined]

            return work(Watched())  # type: ignore[operator]

        return write(self, asked)

    monkeypatch.setattr(Session, "write", refusing)


# --- addresses


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("database", [None, "neo4j"])
def test_direct_and_routed_with_and_without_a_database(
    neo4j_store: Store, neo4j_target: StoreTarget, scheme: str, database: str | None
) -> None:
    address = neo4j_target.address.replace("bolt:", f"{scheme}:")
    with closing(connect(replace(neo4j_target, address=address, database=database))) as store:
        store.write(small_batch())
        assert store.counts()["Post"] == 6
        assert store.read(queries.get("overview/range")).height == 1


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s", "neo4j+ssc"])
def test_a_server_without_encryption_is_told_from_one_with_it(neo4j_target: StoreTarget, scheme: str) -> None:
    address = neo4j_target.address.replace("bolt:", f"{scheme}:")
    with pytest.raises(StoreError, match=r"no Neo4j answers at .*the address is right") as failure:
        connect(replace(neo4j_target, address=address))
    assert "\n" not in str(failure.value)


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_session, "_SECONDS_TO_CONNECT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StoreError, match="no Neo4j answers at"):
            connect(StoreTarget(address, "neo4j", "x"))


# --- a server that dies


@pytest.mark.neo4j
def test_one_that_dies_in_the_middle_is_one_line_and_the_load_can_be_done_again(
    line: Line, neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j_session, "_SECONDS_TO_RETRY", 0.5)
    with closing(connect(line.target)) as store:
        store.write(GraphBatch({"Account": small_batch().nodes["Account"]}))
        line.cut()
        for act in (lambda: store.write(small_batch()), store.counts):
            with pytest.raises(StoreError, match=r"answers no more .*do the same again") as failure:
                act()
            assert "\n" not in str(failure.value)
    wrote = neo4j_store.write(small_batch())
    assert (wrote.new["Account"], wrote.there["Account"]) == (0, 4)
    assert neo4j_store.write(small_batch()).new["Post"] == 0


# --- constraints


@pytest.mark.neo4j
def test_constraints_and_indexes_of_other_names_are_taken_for_ours(each_line_target: StoreTarget) -> None:
    empty(each_line_target)
    with driver(each_line_target) as bare:
        bare.execute_query("CREATE CONSTRAINT theirs FOR (n:Account) REQUIRE n.id IS UNIQUE")
        bare.execute_query("CREATE INDEX also_theirs FOR ()-[r:COORDINATED_WITH]-() ON (r.run)")
    with closing(Neo4jStore(each_line_target)) as store:
        made = store.apply_schema()
        assert set(schema.constraints_and_indexes()) - set(made) == {"account_id_unique", "coordinated_with_run_index"}
        assert store.about().missing == []
        assert store.apply_schema() == []
    with driver(each_line_target) as bare:
        names = bare.execute_query("SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names").records[0]["names"]
    assert "theirs" in names
    assert "account_id_unique" not in names


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("there", "complaint"),
    [
        (
            "CREATE INDEX post_created_at_index FOR (n:Ship) ON (n.name)",
            "post_created_at_index is the name of something",
        ),
        ("CREATE INDEX slow FOR (n:Account) ON (n.id)", r"already exists an index .*Account"),
    ],
)
def test_what_stands_in_the_way_is_named(empty_neo4j: StoreTarget, there: str, complaint: str) -> None:
    with driver(empty_neo4j) as bare:
        bare.execute_query(there)
    with closing(connect(empty_neo4j)) as store, pytest.raises(StoreError, match=complaint) as failure:
        store.apply_schema()
    assert "\n" not in str(failure.value)


@pytest.mark.neo4j
def test_data_that_breaks_a_constraint_is_said(empty_neo4j: StoreTarget) -> None:
    with driver(empty_neo4j) as bare:
        bare.execute_query("CREATE (:Account {id: 'x:1'}), (:Account {id: 'x:1'})")
    forced = connect(replace(empty_neo4j, force=True))
    with closing(forced), pytest.raises(StoreError, match=r"breaks a constraint: .*use an empty database") as failure:
        forced.apply_schema()
    assert "\n" not in str(failure.value)


# --- rights


@pytest.mark.neo4j
def test_who_may_not_make_constraints_is_told_who_could(
    empty_neo4j: StoreTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch, "CREATE CONSTRAINT")
    with (
        closing(connect(empty_neo4j)) as store,
        pytest.raises(StoreError, match=r"neo4j may not make constraints at bolt://.*campaign schema --format cypher"),
    ):
        store.apply_schema()


@pytest.mark.neo4j
def test_where_the_schema_is_there_no_right_to_change_it_is_wanted(
    neo4j_store: Store, neo4j_target: StoreTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch, "C")  # not a single statement that changes anything
    with closing(connect(neo4j_target)) as store:
        assert store.apply_schema() == []


@pytest.mark.neo4j
def test_who_may_only_read_can_ask_and_is_refused_to_write(
    neo4j_store: Store, neo4j_target: StoreTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_store.write(small_batch())
    forbid(monkeypatch, "MERGE")
    with closing(connect(replace(neo4j_target, read_only=True))) as store:
        assert store.read(queries.get("overview/range")).height == 1
        assert store.counts()["Post"] == 6
        with pytest.raises(StoreError, match=r"neo4j may not do this at bolt://.*ask for the right to it"):
            store.write(GraphBatch({"Hashtag": pl.DataFrame({"tag": ["new"]})}))
