"""What tests share: a real Neo4j, emptied stores of both kinds, and the shared data where it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaign_cypher import StoreTarget, connect
from campaign_cypher.server import Server, running, start, stop
from campaign_cypher.store import Store
from case_world import CaseWorld, case_world_in
from command import Corpus, told
from found import Found, found_in
from servers import OTHER_LINE, campaign_at, delete_data, empty, holds_nodes, small, target_of

from campaign.honesty import RINGS

SHARED = Path(__file__).resolve().parents[2] / "shared"

# The tests' servers and imports live for seconds: compiling for speed would take half of what they cost.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session", autouse=True)
def few_rings() -> Iterator[None]:
    """A run plants two rings of each kind here, not the twenty of a user's run: they would be half of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("campaign.honesty.RINGS", 2)
        yield


@pytest.fixture
def all_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many rings as a user's run plants, for one that is compared with another process's or counted."""
    monkeypatch.setattr("campaign.honesty.RINGS", RINGS)


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Neo4j of the default line with GDS, started by the code under test in a temporary home, until the tests end."""
    server, _ = start(tmp_path_factory.mktemp("neo4j-home"), small(plugins=("gds",)), lambda text: None)
    yield server
    stop(server)


@pytest.fixture(scope="session")
def neo4j_target(request: pytest.FixtureRequest) -> Iterator[StoreTarget]:
    """The Neo4j that tests may empty: our own, or the empty one that CAMPAIGN_TEST_NEO4J_URI names."""
    uri = os.environ.get("CAMPAIGN_TEST_NEO4J_URI")
    if not uri:
        server: Server = request.getfixturevalue("own_server")
        yield target_of(server)
        return
    user = os.environ.get("CAMPAIGN_TEST_NEO4J_USERNAME", "neo4j")
    target = StoreTarget(uri, username=user, password=os.environ["CAMPAIGN_TEST_NEO4J_PASSWORD"])
    if holds_nodes(target):
        pytest.exit(f"{uri} holds data, which the tests would delete: name an empty database", returncode=2)
    yield target
    empty(target)


@pytest.fixture(scope="session")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Neo4j of the other line with all its plugins, started and stopped by the command."""
    home, options = tmp_path_factory.mktemp("neo4j-other"), small(OTHER_LINE)
    ports = ("--bolt-port", options.bolt_port, "--http-port", options.http_port)
    memory = ("--heap", options.heap, "--pagecache", options.pagecache)
    started = campaign_at(home, "neo4j", "start", "--line", OTHER_LINE, "--with", "gds,apoc", *ports, *memory)
    assert started.returncode == 0, started.stderr
    (server,) = running(home)  # the command has ended; the server goes on
    assert server.password() not in started.stdout + started.stderr
    yield server
    stopped = campaign_at(home, "neo4j", "stop")
    assert f"stopped (pid {server.pid})" in stopped.stderr
    assert server.folder.log.read_text().rstrip().endswith("Stopped.")  # gracefully
    assert running(home) == []


@pytest.fixture(scope="session")
def other_line_target(other_server: Server) -> StoreTarget:
    """A Neo4j of the other line, which tests may empty too."""
    return target_of(other_server)


@pytest.fixture(scope="session", params=["neo4j_target", "other_line_target"], ids=["default line", "other line"])
def each_line_target(request: pytest.FixtureRequest) -> StoreTarget:
    """A Neo4j of each line in turn."""
    target: StoreTarget = request.getfixturevalue(request.param)
    return target


@pytest.fixture
def empty_neo4j(neo4j_target: StoreTarget) -> Iterator[StoreTarget]:
    """A Neo4j in which there is nothing, not even a constraint; what a test makes there is gone after it."""
    empty(neo4j_target)
    yield neo4j_target
    empty(neo4j_target)


@pytest.fixture
def neo4j_store(neo4j_target: StoreTarget) -> Iterator[Store]:
    """A Neo4j without data, with the schema applied; constraints stay from test to test, for they take seconds."""
    delete_data(neo4j_target)
    store = connect(neo4j_target)
    store.apply_schema()
    yield store
    store.close()


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[Store]:
    """A new embedded store with the schema applied."""
    store = connect(StoreTarget(str(tmp_path / "test.lbug")))
    store.apply_schema()
    yield store
    store.close()


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """A new store of each kind in turn, with the schema applied."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder beside the project whose `data/` and `bench/` some tests want; skipped where it is not."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"wants the shared data beside the project, in {SHARED.name}/data")
    return SHARED


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A simulated corpus with two rings and a dense chat, loaded into an embedded store; not to be changed."""
    folder = tmp_path_factory.mktemp("corpus")
    groups = ("--rings", 2, "--ring-size", 15, "--chats", 1, "--spikes", 1)
    told("simulate", "--out", folder, "--posts", 9000, "--accounts", 1000, "--days", 21, *groups)
    told("load", folder / "posts.parquet", "--store", folder / "corpus.lbug", "--quiet")
    return Corpus(folder / "posts.parquet", folder / "corpus.lbug", folder / "truth.csv")


@pytest.fixture(scope="session")
def found(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A copy of the corpus in which a detection was made; not to be changed."""
    return found_in(corpus.copy(tmp_path_factory.mktemp("found")))


@pytest.fixture(scope="session")
def asked_all(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A copy of the corpus in which all was asked at once, by a plain `campaign detect`; not to be changed."""
    store = corpus.copy(tmp_path_factory.mktemp("asked"))
    return Found(store, json.loads(told("detect", "--json", "--store", store)))


@pytest.fixture(scope="session")
def case_world(found: Found, tmp_path_factory: pytest.TempPathFactory) -> CaseWorld:
    """A case of a campaign, and the store it is of; not to be changed."""
    return case_world_in(found, tmp_path_factory.mktemp("case"))
