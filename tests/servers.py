"""What several tests need of servers: free ports, a small one's options, and an empty database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import neo4j
from campaign_cypher import StoreTarget
from campaign_cypher.server import DEFAULT_LINE, LINES, Options, Server
from campaign_cypher.server.state import Folder, folder_of

OTHER_LINE = next(name for name in LINES if name != DEFAULT_LINE)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def small(line: str = DEFAULT_LINE, heap: str = "512m", plugins: tuple[str, ...] = ()) -> Options:
    """Options of a small server on free ports."""
    return Options(line, bolt_port=free_port(), http_port=free_port(), heap=heap, pagecache="128m", plugins=plugins)


def campaign_at(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a user does, with a home of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from campaign.cli import main; main()", *map(str, arguments)],
        env={**os.environ, "CAMPAIGN_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def target_of(server: Server) -> StoreTarget:
    """A server as a store."""
    return StoreTarget(server.bolt, username="neo4j", password=server.password())


def driver(target: StoreTarget) -> neo4j.Driver:
    """A bare driver, for what tests do past the store."""
    return neo4j.GraphDatabase.driver(target.address, auth=(target.username or "", target.password or ""))


def holds_nodes(target: StoreTarget) -> bool:
    """Whether there is any node in the database."""
    with driver(target) as bare:
        records, _, _ = bare.execute_query("MATCH (n) RETURN 1 LIMIT 1")
    return bool(records)


def delete_data(target: StoreTarget) -> None:
    """Delete every node and relationship."""
    with driver(target) as bare, bare.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def empty(target: StoreTarget) -> None:
    """Delete every node, relationship, constraint and index, except the lookup indexes that Neo4j itself makes."""
    delete_data(target)
    with driver(target) as bare, bare.session() as session:
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for name in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").value():
            session.run(f"DROP INDEX `{name}`").consume()


def silent(text: str) -> None:
    """Takes what is said and drops it."""


def new_folder(home: Path) -> Folder:
    """The folder of a server of the default line that was never started."""
    made = folder_of(home, "2026.08")
    (made.path / "logs").mkdir(parents=True)
    return made
