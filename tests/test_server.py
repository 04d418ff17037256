"""A real Neo4j, started, asked and stopped: the default line for the suite, the other by the command."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import neo4j
import pytest
from campaign_cypher.errors import StoreError
from campaign_cypher.server import DEFAULT_LINE, LINES, Server, identity, password_for, process, running, start
from campaign_cypher.server.ready import log_in
from neo4j.exceptions import AuthError
from servers import OTHER_LINE, campaign_at, small

pytestmark = pytest.mark.neo4j


def silent(text: str) -> None:
    """Takes what is said and drops it."""


def page(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def version_by_bolt(address: str, password: str) -> tuple[str, str]:
    with neo4j.GraphDatabase.driver(address, auth=("neo4j", password)) as driver:
        records, _, _ = driver.execute_query("CALL dbms.components() YIELD name, versions, edition RETURN *")
    kernel = next(record for record in records if record["name"] == "Neo4j Kernel")
    return kernel["versions"][0], kernel["edition"]


# --- the default line


def test_it_is_the_default_line_and_says_so_by_http_and_by_bolt(own_server: Server):
    said = identity(own_server)
    assert said is not None
    assert (said.version, said.edition) == (LINES[DEFAULT_LINE].version, "community")
    assert version_by_bolt(own_server.bolt, own_server.password()) == (said.version, said.edition)


def test_a_second_start_finds_it_running(own_server: Server):
    home = Path(own_server.home)
    assert start(home, small(), silent) == (own_server, False)
    assert running(home) == [own_server]


def test_its_password_is_found_by_its_address(own_server: Server):
    home = Path(own_server.home)
    assert password_for(own_server.bolt, home) == password_for(own_server.http, home) == own_server.password()


def test_neither_the_first_password_nor_none_is_accepted(own_server: Server):
    for auth in (("neo4j", "neo4j"), None):
        with (
            neo4j.GraphDatabase.driver(own_server.bolt, auth=auth) as driver,
            pytest.raises((AuthError, neo4j.exceptions.ClientError), match=r"(?i)auth|unauthorized"),
        ):
            driver.execute_query("RETURN 1")
    version_by_bolt(own_server.bolt, own_server.password())  # a login that succeeds: three failures lock the user out


def test_a_password_that_was_changed_by_hand_is_named_with_its_file(own_server: Server):
    with pytest.raises(StoreError, match=re.escape(str(own_server.folder.password_file))):
        log_in(own_server, "not the one it was given")
    version_by_bolt(own_server.bolt, own_server.password())


def test_browser_answers(own_server: Server):
    status, text = page(own_server.browser)
    assert status == 200
    assert "<title>neo4j" in text.lower()


def test_it_has_the_plugin_that_it_was_started_with(own_server: Server):
    assert own_server.plugins == ("gds",)
    with neo4j.GraphDatabase.driver(own_server.bolt, auth=("neo4j", own_server.password())) as driver:
        records, _, _ = driver.execute_query("RETURN gds.version() AS version")
    assert records[0]["version"] == LINES[DEFAULT_LINE].plugins["gds"].version


def test_a_plugin_that_the_running_one_lacks_wants_a_new_start(own_server: Server, monkeypatch):
    monkeypatch.setattr(process, "read_record", lambda folder: replace(own_server, plugins=()))
    with pytest.raises(StoreError, match=rf"runs already .*without gds: campaign neo4j stop --line {DEFAULT_LINE}"):
        start(Path(own_server.home), small(plugins=("gds",)), silent)


# --- the other line, by the command


def test_status_of_the_other_line(other_server: Server):
    home = Path(other_server.home)
    (facts,) = json.loads(campaign_at(home, "neo4j", "status", "--json").stdout)
    assert facts["ready"] and facts["version"] == LINES[OTHER_LINE].version
    assert (facts["pid"], facts["bolt"], facts["browser"]) == (
        other_server.pid,
        other_server.bolt,
        other_server.browser,
    )
    assert facts["plugins"] == ["gds", "apoc"]
    assert facts["home"] == str(other_server.folder.path)
    assert facts["resident_bytes"] > 100 * 2**20
    password = password_for(facts["bolt"], home)
    assert password is not None
    assert version_by_bolt(facts["bolt"], password) == (facts["version"], "community")
    assert page(facts["browser"])[0] == 200


def test_a_start_by_the_command_finds_it_running(other_server: Server):
    again = campaign_at(Path(other_server.home), "neo4j", "start", "--line", OTHER_LINE, "--with", "apoc")
    assert again.returncode == 0
    assert f"runs already (pid {other_server.pid})" in again.stderr


def test_doctor_names_the_plugins(other_server: Server):
    told = campaign_at(Path(other_server.home), "doctor", "--store", other_server.bolt, "--json")
    there = {check["name"]: check["found"] for check in json.loads(told.stdout)}
    of_line = LINES[OTHER_LINE].plugins
    assert (there["GDS"], there["APOC"]) == (of_line["gds"].version, of_line["apoc"].version)


def test_wrong_options_are_usage_errors(tmp_path: Path):
    for arguments, said in (
        (("--line", "4.4"), "2026.08, 5.26"),
        (("--heap", "much"), "512m"),
        (("--bolt-port", "70000"), "65535"),
        (("--with", "gds,bloom"), "gds, apoc"),
    ):
        run = campaign_at(tmp_path, "neo4j", "start", *arguments)
        assert run.returncode == 2
        assert said in run.stderr
        assert run.stdout == ""


def test_stop_where_nothing_runs_is_no_failure(tmp_path: Path):
    run = campaign_at(tmp_path, "neo4j", "stop")
    assert (run.returncode, run.stdout) == (0, "")
    assert "no Neo4j" in run.stderr


def test_where_nothing_runs_status_is_an_empty_list(tmp_path: Path):
    assert campaign_at(tmp_path, "neo4j", "status", "--json").stdout.strip() == "[]"
