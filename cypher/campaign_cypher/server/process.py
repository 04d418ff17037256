"""Starting a server that outlives its starter, waiting until it is ready, and stopping it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from campaign_cypher.errors import StoreError
from campaign_cypher.server.config import command, write_conf
from campaign_cypher.server.install import Say, class_path, java
from campaign_cypher.server.lines import DEFAULT_LINE, LINES, line_named
from campaign_cypher.server.plugins import to_be_had, with_plugins
from campaign_cypher.server.ready import identity, log_in
from campaign_cypher.server.state import (
    HOST,
    Folder,
    Server,
    ensure_password,
    folder_of,
    is_running,
    read_record,
    write_record,
)
from campaign_cypher.server.trouble import cause, size

_POLL_SECONDS = 0.2
# Held so that Python does not warn of a forgotten child, and so that we can reap it if we stop it ourselves.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Options:
    """How a server is started. Memory sizes as Java writes them: `512m`, `4g`."""

    line: str = DEFAULT_LINE
    bolt_port: int = 7687
    http_port: int = 7474
    heap: str = "1g"
    pagecache: str = "512m"
    plugins: tuple[str, ...] = ()
    """Names of `lines.PLUGINS`; those that a line has not are left out, which is said."""


def running(home: Path) -> list[Server]:
    """The servers of a home that run, or are about to."""
    records = (read_record(folder_of(home, line)) for line in LINES)
    return [server for server in records if server and is_running(server)]


def start(home: Path, options: Options, say: Say, ready_within: float = 180.0) -> tuple[Server, bool]:
    """Start a line's server and wait until it is ready; the server, and whether it was started now.

    One that runs already is left as it is. Raises StoreError, in one line, where that one lacks a plugin, a port is
    taken, a download or Java fails, the folder cannot be written, or the server is not ready within `ready_within`
    seconds.
    """
    line = line_named(options.line)
    options = replace(options, plugins=to_be_had(line, options.plugins, say))
    folder = folder_of(home, line.name)
    there = read_record(folder)
    if there and is_running(there):
        if missing := [plugin for plugin in options.plugins if plugin not in there.plugins]:
            raise StoreError(
                f"{line} runs already (pid {there.pid}), without {', '.join(missing)}: "
                f"campaign neo4j stop --line {line.name}, then start it again"
            )
        return there, False
    refuse_taken_ports(options)
    program = java()
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.java_log.parent.mkdir(exist_ok=True)
        folder.java_log.write_text("", encoding="utf-8")
        log_begins = size(folder.log)
        password = ensure_password(folder)
        jars = with_plugins(line, folder, options.plugins, class_path(line, folder, say), say)
        server = _spawn(program, jars, home, options)
    except OSError as error:
        raise StoreError(
            f"cannot write {error.filename or folder.path}: {error.strerror or error}; "
            "set CAMPAIGN_HOME to a folder that can be written"
        ) from error
    say(f"{line}: starting (pid {server.pid})")
    try:
        _await_ready(server, password, ready_within, log_begins)
    except BaseException:  # an interrupt too: nobody would know of a server left half started
        stop(server)
        raise
    return server, True


def stop(server: Server, within: float = 120.0) -> None:
    """End a server gracefully and wait for it. Raises StoreError where it does not end `within` seconds."""
    import psutil

    if is_running(server):
        try:
            process = psutil.Process(server.pid)
            process.terminate()
            process.wait(within)
        except psutil.NoSuchProcess:
            pass
        except psutil.TimeoutExpired:
            raise StoreError(
                f"Neo4j (pid {server.pid}) was asked to end but still runs; see {server.folder.log}"
            ) from None
        except psutil.Error as error:
            raise StoreError(f"Neo4j (pid {server.pid}) cannot be stopped: {error}") from error
    child = _children.pop(server.pid, None)
    if child:
        child.wait()


def resident_bytes(server: Server) -> int:
    """How much memory the server's process holds now; 0 where it has just ended."""
    import psutil

    try:
        return int(psutil.Process(server.pid).memory_info().rss)
    except psutil.Error:
        return 0


def refuse_taken_ports(options: Options) -> None:
    """Raise StoreError where a port is used by another program, or both are one."""
    if options.bolt_port == options.http_port:
        raise StoreError(f"--bolt-port and --http-port are both {options.bolt_port}: give two different ones")
    for port, option in ((options.bolt_port, "--bolt-port"), (options.http_port, "--http-port")):
        _refuse_taken(port, option)


def _refuse_taken(port: int, option: str) -> None:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would allow what is taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise StoreError(f"port {port} cannot be used ({reason}); choose another with {option}") from None


def _spawn(program: Path, jars: list[Path], home: Path, options: Options) -> Server:
    line = line_named(options.line)
    folder = folder_of(home, line.name)
    plan = Server(
        line=line.name,
        version=line.version,
        pid=0,
        bolt_port=options.bolt_port,
        http_port=options.http_port,
        heap=options.heap,
        pagecache=options.pagecache,
        home=str(home),
        plugins=options.plugins,
    )
    write_conf(line, plan)
    child = _detached(command(program, line, plan, jars), folder)
    _children[child.pid] = child
    server = Server(**{**vars(plan), "pid": child.pid})
    write_record(server)
    return server


def _detached(arguments: list[str], folder: Folder) -> subprocess.Popen[bytes]:
    """A process that goes on when this one ends, and that an interrupt at this terminal does not reach."""
    how: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        how = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS}
    with folder.java_log.open("ab") as log:
        try:
            return subprocess.Popen(  # noqa: S603 - our own Java with our own arguments
                arguments, cwd=folder.path, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **how
            )
        except OSError as error:
            raise StoreError(
                f"Java does not run ({arguments[0]}: {error.strerror}); reinstall it with: "
                "pip install --force-reinstall 'campaign[server]'"
            ) from error


def _await_ready(server: Server, password: str, within: float, log_begins: int) -> None:
    until = time.monotonic() + within
    while time.monotonic() < until:
        said = identity(server)
        if said and is_running(server):
            log_in(server, password)
            return
        if _children[server.pid].poll() is not None:
            raise StoreError(f"Neo4j did not start: {cause(server.folder, log_begins)}")
        time.sleep(_POLL_SECONDS)
    raise StoreError(f"Neo4j was not ready within {within:.0f} s; see {server.folder.log}")
