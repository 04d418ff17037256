"""Files into a local server by `neo4j-admin database import`: built aside, then put in the place of an empty database.

Nothing of the server is touched until the import has succeeded; a load that was killed can be run again.
"""

from __future__ import annotations

import json
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaign_cypher.bulk.files import BulkFiles
from campaign_cypher.bulk.text import COMMAND, OPTIONS
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_store import Neo4jStore
from campaign_cypher.server.admin import admin
from campaign_cypher.server.install import Say
from campaign_cypher.server.process import Options, refuse_taken_ports, start, stop
from campaign_cypher.server.state import HOST, Folder, Server, folder_of, is_running, own_port, server_at
from campaign_cypher.target import StoreTarget

DATABASE = "neo4j"
_STAGING = "bulk-"


@dataclass(frozen=True)
class LocalServer:
    """A server of this machine that may be filled, and how it is started."""

    home: Path
    options: Options

    @property
    def folder(self) -> Folder:
        return folder_of(self.home, self.options.line)

    @property
    def address(self) -> str:
        return f"bolt://{HOST}:{self.options.bolt_port}"


def local_server(address: str, home: Path) -> LocalServer | None:
    """The server of this machine that an address means, running or not; None where it is another's."""
    port = own_port(address)
    if port is None:
        return None
    found = server_at(port, home)
    if not (found and is_running(found)) and _somebody_listens(port):
        return None
    if found is None:
        return LocalServer(home, Options(bolt_port=port))
    kept = Options(found.line, port, found.http_port, found.heap, found.pagecache, found.plugins)
    return LocalServer(home, kept)


def refuse_if_filled(local: LocalServer, say: Say) -> None:
    """Raise StoreError where the server's database holds anything but a bulk load of ours that was not finished."""
    if not _database(local.folder).exists():
        refuse_taken_ports(local.options)
        return
    server, now = start(local.home, local.options, say)
    try:
        with closing(Neo4jStore(_target(server))) as store:
            nodes = store.nodes()
    finally:
        if now:
            stop(server)
    if nodes and nodes != _unfinished(local.folder):
        raise StoreError(f"{local.address} holds {nodes:,} nodes: --bulk fills an empty database; load without --bulk")


@contextmanager
def staging(local: LocalServer) -> Iterator[Path]:
    """A new empty folder for the files, which is gone afterwards; those of loads that were killed go as well."""
    local.folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in local.folder.path.glob(f"{_STAGING}*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=local.folder.path))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(local: LocalServer, files: BulkFiles, say: Say) -> dict[str, int]:
    """Import the files, start the server, make the constraints; counts by label and type as the server has them.

    The server runs on. Raises StoreError where the import or the start fails.
    """
    arguments = files.finish()
    say("importing")
    admin(
        local.home,
        local.options.line,
        files.folder,
        [*COMMAND, DATABASE, "--verbose", *OPTIONS, *arguments],
        local.options.heap,
        say,
    )
    _put_in_place(local, files, say)
    server, _ = start(local.home, local.options, say)
    say("making constraints and indexes")
    with closing(Neo4jStore(_target(server))) as store:
        store.apply_schema()
        counts = store.counts()
    _marker(local.folder).unlink()
    return counts


def _put_in_place(local: LocalServer, files: BulkFiles, say: Say) -> None:
    running = server_at(local.options.bolt_port, local.home)
    if running and is_running(running):
        say(f"Neo4j {running.version}: stopping, to take the new database")
        stop(running)
    data = local.folder.path / "data"
    _marker(local.folder).write_text(json.dumps({"nodes": files.nodes}), encoding="utf-8")
    shutil.rmtree(_database(local.folder), ignore_errors=True)
    for part in ("transactions", "databases"):  # a database is there once its own folder is: that comes last
        place = data / part / DATABASE
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        (files.folder / "data" / part / DATABASE).rename(place)


def _somebody_listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _database(folder: Folder) -> Path:
    return folder.path / "data" / "databases" / DATABASE


def _marker(folder: Folder) -> Path:
    return folder.path / "bulk.json"


def _unfinished(folder: Folder) -> int | None:
    """Number of nodes of a bulk load that was not finished; None where there is none."""
    try:
        return int(json.loads(_marker(folder).read_text(encoding="utf-8"))["nodes"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _target(server: Server) -> StoreTarget:
    return StoreTarget(server.bolt, username="neo4j", password=server.password())
