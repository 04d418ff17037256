"""Servers as they come: other schemes, constraints of other names, few rights, and ones that fall silent."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
import trustme
from campaign_cypher import StoreTarget, connect, neo4j_session, queries, schema
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_session import Session
from campaign_cypher.neo4j_store import Neo4jStore
from campaign_cypher.store import GraphBatch, Store
from neo4j.exceptions import ClientError
from servers import driver, empty
from small_graph import small_batch


class Line:
    """A way to a server that can be cut: it forwards bytes from a port here, encrypted if asked, to the server's."""

    def __init__(self, target: StoreTarget, tls: ssl.SSLContext | None = None) -> None:
        to = urlsplit(target.address)
        self._to = (to.hostname or "", to.port or 7687)
        self._tls = tls
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.target = replace(target, address=f"bolt://127.0.0.1:{self._door.getsockname()[1]}")
        threading.Thread(target=self._take, daemon=True).start()

    def by(self, scheme: str) -> StoreTarget:
        """The server by this way and a scheme."""
        return replace(self.target, address=self.target.address.replace("bolt:", f"{scheme}:"))

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
                self._open.append(near)
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        with suppress(OSError, ValueError):  # cut, or refused by who called
            if self._tls:
                near = self._tls.wrap_socket(near, server_side=True)
            far = socket.create_connection(self._to)
            self._open += [near, far]
            while data := self._next(near, far):
                for other, what in data:
                    other.sendall(what)
        near.close()

    @staticmethod
    def _next(near: socket.socket, far: socket.socket) -> list[tuple[socket.socket, bytes]]:
        """What either sends next, and to whom; nothing where one has ended."""
        pending = isinstance(near, ssl.SSLSocket) and near.pending()
        ready = [near] if pending else select.select([near, far], [], [])[0]
        found = [(far if one is near else near, one.recv(65536)) for one in ready]
        return found if all(what for _, what in found) else []


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


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who vouches for certificates; nobody knows it unless told."""
    return trustme.CA()


@pytest.fixture
def encrypted(authority: trustme.CA, neo4j_store: Store, neo4j_target: StoreTarget) -> Iterator[Line]:
    """The emptied Neo4j as a server is reached that speaks TLS only, such as Aura's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    made = Line(neo4j_target, context)
    yield made
    made.cut()


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc"])
def test_encrypted_direct_and_routed_with_a_certificate_that_is_known_or_not_asked_for(
    encrypted: Line, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    if scheme.endswith("+s"):
        authority.cert_pem.write_to_path(tmp_path / "known.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "known.pem"))
    with closing(connect(encrypted.by(scheme))) as store:
        store.write(small_batch())
        assert store.counts()["Post"] == 6
        assert store.read(queries.get("overview/range")).height == 1


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_vouches_for_is_refused_and_said(encrypted: Line, scheme: str) -> None:
    with pytest.raises(StoreError, match=r"certificate .*SSL_CERT_FILE.*\+ssc") as failure:
        connect(encrypted.by(scheme))
    assert "\n" not in str(failure.value)


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_speaks_only_encrypted_is_said(encrypted: Line, scheme: str) -> None:
    with pytest.raises(StoreError, match=r"no Neo4j answers at .*\+s:") as failure:
        connect(encrypted.by(scheme))
    assert "\n" not in str(failure.value)


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_session, "_SECONDS_TO_CONNECT", 0.3)
    monkeypatch.setattr(neo4j_session, "_SECONDS_TO_ANSWER", 0.5)
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
