"""What tests share: a real Neo4j, emptied stores of both kinds, and the shared data where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from campaign_cypher.server import Server, start, stop
from servers import small

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Neo4j of the default line, started by the code under test in a temporary home, until the tests end."""
    server, _ = start(tmp_path_factory.mktemp("neo4j-home"), small(), lambda text: None)
    yield server
    stop(server)


@pytest.fixture(scope="session")
def neo4j_login(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    """Address, user and password of the Neo4j that tests may empty: our own, or CAMPAIGN_TEST_NEO4J_URI's."""
    uri = os.environ.get("CAMPAIGN_TEST_NEO4J_URI")
    if uri:
        user = os.environ.get("CAMPAIGN_TEST_NEO4J_USERNAME", "neo4j")
        return uri, user, os.environ["CAMPAIGN_TEST_NEO4J_PASSWORD"]
    server: Server = request.getfixturevalue("own_server")
    return server.bolt, "neo4j", server.password()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data that is kept beside the project; tests that want it are skipped where it is not."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"wants the shared data beside the project, in {SHARED.name}/data")
    return SHARED
