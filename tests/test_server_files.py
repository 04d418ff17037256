"""What the local Neo4j keeps on disk, what it is told, what is said when it cannot be had."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from campaign_cypher.errors import StoreError
from campaign_cypher.server import Options, default_home, password_for, process, running, start, stop
from campaign_cypher.server.config import command, settings
from campaign_cypher.server.lines import LINES, line_named
from campaign_cypher.server.state import (
    Folder,
    Server,
    ensure_password,
    home_argument,
    read_record,
    write_record,
)
from campaign_cypher.server.trouble import cause, size
from servers import new_folder, silent, small

SERVER = Server("2026.08", "2026.08.1", 0, 7687, 7474, "1g", "512m", "")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path)


@pytest.fixture
def stand_in(tmp_path: Path, folder: Folder):
    """A process that looks like a home's server by its arguments, and the record of it."""
    code = "import time; print(flush=True); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", code, home_argument(folder)], stdout=subprocess.PIPE)
    assert child.stdout
    child.stdout.readline()  # on a busy machine a process that was just begun has no arguments yet
    server = replace(SERVER, pid=child.pid, home=str(tmp_path))
    write_record(server)
    yield server
    child.kill()
    child.communicate()


# --- lines


def test_unknown_line_names_the_valid_ones():
    with pytest.raises(StoreError, match=r"'4\.4'.*2026\.08, 5\.26"):
        line_named("4.4")


@pytest.mark.parametrize("name", LINES)
def test_a_line_names_server_and_browser_of_its_own_version(name: str):
    line = LINES[name]
    assert line.version.startswith(name)
    parts = line.endpoint.split("+")
    assert parts[:2] == [f"org.neo4j:neo4j:{line.version}", f"org.neo4j.app:neo4j-server:{line.version}"]
    assert parts[2].startswith("org.neo4j.client:neo4j-browser:")


# --- home and password


def test_home_is_campaign_home_where_that_is_set(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMPAIGN_HOME", str(tmp_path / "here"))
    assert default_home() == tmp_path / "here"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder differs by platform")
def test_home_is_the_users_data_folder_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("CAMPAIGN_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_home() == tmp_path / "campaign"


@pytest.mark.skipif(sys.platform == "win32", reason="there, access is not told by mode bits")
def test_password_is_made_once_and_only_the_user_can_read_it(folder: Folder):
    first = ensure_password(folder)
    assert len(first) >= 24
    assert stat.S_IMODE(folder.password_file.stat().st_mode) == 0o600
    assert ensure_password(folder) == first


def test_two_homes_have_different_passwords(tmp_path: Path):
    made = set()
    for name in "ab":
        folder = Folder(tmp_path / name)
        folder.path.mkdir()
        made.add(ensure_password(folder))
    assert len(made) == 2


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("bolt://127.0.0.1:7687", True),
        ("bolt://localhost:7687", True),
        ("neo4j://localhost", True),  # Bolt's own port
        ("http://127.0.0.1:7474/browser/", True),
        ("http://localhost", True),  # the port of Neo4j's HTTP
        ("bolt://127.0.0.1:7688", False),  # another server on this machine
        ("bolt://db.example.org:7687", False),  # another machine
        ("bolt://127.0.0.1:notaport", False),
        ("graph.lbug", False),  # an embedded store
    ],
)
def test_password_is_found_by_the_address_of_a_running_server(stand_in, folder, tmp_path, address, found):
    password = ensure_password(folder)
    assert password_for(address, tmp_path) == (password if found else None)


def test_password_of_a_server_that_ended_is_not_given(folder: Folder, tmp_path: Path):
    ensure_password(folder)
    write_record(replace(SERVER, pid=os.getpid(), home=str(tmp_path)))  # the pid lives, but as somebody else
    assert password_for("bolt://127.0.0.1:7687", tmp_path) is None


# --- which process is ours


def test_a_process_that_got_the_pid_since_is_not_ours_and_is_not_stopped(folder: Folder, tmp_path: Path):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    server = replace(SERVER, pid=stranger.pid, home=str(tmp_path))
    write_record(server)
    assert running(tmp_path) == []
    stop(server)
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_running_server_is_not_started_twice(stand_in: Server, tmp_path: Path):
    assert running(tmp_path) == [stand_in]
    assert start(tmp_path, Options(), silent) == (stand_in, False)


@pytest.mark.parametrize("change", [{"pid": "x"}, {"pid": -1}, {"pid": 1 << 80}, {"bolt_port": None}, {"home": 1}])
def test_a_record_that_makes_no_sense_is_no_server(folder: Folder, tmp_path: Path, change: dict[str, Any]):
    folder.record.write_text(json.dumps(asdict(SERVER) | {"home": str(tmp_path)} | change))
    assert read_record(folder) is None
    assert running(tmp_path) == []


DEEP = pytest.param("[" * 100_000, id="too deep")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"line": "2026.08"}', '{"colour": "red"}', DEEP])
def test_an_unreadable_record_is_no_server(folder: Folder, tmp_path: Path, text: str):
    folder.record.write_text(text)
    assert read_record(folder) is None
    assert running(tmp_path) == []


# --- what a server is told


@pytest.mark.parametrize("name", LINES)
def test_a_server_listens_on_this_machine_only_and_sends_nothing_home(name: str):
    said = settings(LINES[name], replace(SERVER, bolt_port=7001, http_port=7002, heap="2g", pagecache="64m"))
    addresses = {key: value for key, value in said.items() if key.endswith("listen_address")}
    assert addresses == {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": "127.0.0.1:7001",
        "server.http.listen_address": "127.0.0.1:7002",
    }
    assert said["server.https.enabled"] == "false"
    assert said["dbms.usage_report.enabled"] == said["client.allow_telemetry"] == "false"
    assert (said["server.memory.heap.max_size"], said["server.memory.pagecache.size"]) == ("2g", "64m")


def test_java_gets_paths_with_spaces_and_backslashes_whole(tmp_path: Path):
    home = tmp_path / "a home"
    server = replace(SERVER, home=str(home))
    server.folder.conf.mkdir(parents=True)
    jars = [Path("/a b/one.jar"), Path("C:\\jars\\two.jar")]
    run = command(Path("/java"), LINES["2026.08"], server, jars)
    assert run[0] == "/java"
    assert f"--home-dir={server.folder.path}" in run
    arguments = Path(run[1].removeprefix("@")).read_text().splitlines()
    assert '"-Xmx1g"' in arguments
    assert f'"/a b/one.jar{os.pathsep}C:\\\\jars\\\\two.jar"' in arguments
    assert not any("assword" in part for part in (*run, *arguments))


# --- not starting


@pytest.mark.parametrize("option", ["bolt_port", "http_port"])
def test_a_taken_port_is_named_with_its_option(tmp_path: Path, option: str):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        options = replace(small(), **{option: taken})
        with pytest.raises(StoreError, match=rf"port {taken} .*--{option.replace('_', '-')}"):
            start(tmp_path, options, silent)


def test_one_port_for_both_is_refused_before_anything_is_done(tmp_path: Path):
    options = small()
    with pytest.raises(StoreError, match="--bolt-port and --http-port are both"):
        start(tmp_path, replace(options, bolt_port=options.http_port), silent)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("not a folder")
    with pytest.raises(StoreError, match=rf"{file}.*CAMPAIGN_HOME") as failure:
        start(file / "home", small(), silent)
    assert "\n" not in str(failure.value)


def test_java_that_fails_is_one_line_with_its_reason_and_log(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(process, "class_path", lambda line, folder, say: [])
    with pytest.raises(StoreError, match=r"did not start: .*heap.*; see .*java\.log") as failure:
        start(tmp_path, small(heap="900000000g"), silent)
    assert "\n" not in str(failure.value)
    assert running(tmp_path) == []


def test_java_without_neo4j_says_which_class_is_missing(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(process, "class_path", lambda line, folder, say: [tmp_path / "none.jar"])
    with pytest.raises(StoreError, match=r"Neo4jCommunity.*; see .*java\.log"):
        start(tmp_path, small(heap="32m"), silent)


def test_a_java_that_cannot_run_is_named(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(process, "class_path", lambda line, folder, say: [])
    monkeypatch.setattr(process, "java", lambda: tmp_path / "no-java")
    with pytest.raises(StoreError, match=r"no-java.*pip install"):
        start(tmp_path, small(), silent)


@pytest.fixture
def idle_java(monkeypatch, tmp_path: Path) -> None:
    """A Java that runs and never becomes a server."""
    program = tmp_path / "java"
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n")
    program.chmod(0o700)
    monkeypatch.setattr(process, "class_path", lambda line, folder, say: [])
    monkeypatch.setattr(process, "java", lambda: program)


def test_a_server_that_is_not_ready_in_time_is_ended(idle_java, tmp_path: Path):
    with pytest.raises(StoreError, match=r"not ready within 1 s; see .*neo4j\.log"):
        start(tmp_path, small(), silent, ready_within=1)
    assert running(tmp_path) == []


def test_an_interrupted_start_leaves_no_server(idle_java, monkeypatch, tmp_path: Path):
    seen: list[Server] = []

    def interrupt(server: Server) -> None:
        seen.extend(running(tmp_path))
        raise KeyboardInterrupt

    monkeypatch.setattr(process, "identity", interrupt)
    with pytest.raises(KeyboardInterrupt):
        start(tmp_path, small(), silent)
    assert len(seen) == 1
    assert running(tmp_path) == []


def test_the_cause_is_the_last_of_this_start_only(folder: Folder):
    folder.log.write_text("ERROR yesterday's trouble\n")
    begins = size(folder.log)
    with folder.log.open("a") as log:
        log.write("INFO Starting...\nERROR Failed to start Neo4j\nCaused by: wrapper\nCaused by: disk is full\n")
    assert cause(folder, begins) == f"disk is full; see {folder.log}"


def test_a_silent_end_says_so(folder: Folder):
    assert str(folder.java_log) in cause(folder, 0)
