"""The graph names the files of which it is made: once each, begun and ended, and without the folder they lay in."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.bulk.local import LocalServer
from campaign_cypher.server.process import Options
from campaign_cypher.store import Store
from campaign_loader import load
from campaign_loader.loads import Loads
from command import campaign, told
from loading import write

from campaign import bulk
from campaign.sources import unfinished

POSTS = "id,user_id,created_at,text\n" + "".join(f"{n},u{n % 7},2020-01-01T00:{n % 60:02}:00,#t\n" for n in range(90))


def loads(store: Store) -> list[dict[str, Any]]:
    return store.read(queries.get("quality/loads")).to_dicts()


def test_a_file_is_named_once_with_its_sum_and_what_came_of_it(any_store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "posts.csv", POSTS + "x,y,never,#t\n")
    begun = datetime.now(UTC).replace(microsecond=0)
    report = load([str(path)], any_store)
    (first,) = loads(any_store)
    content = path.read_bytes()
    assert {name: first[name] for name in ("file", "sha256", "size", "format", "platform", "state")} == {
        "file": "posts.csv",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "format": "table",
        "platform": "other",
        "state": "whole",
    }
    assert (first["rows"], first["posts"], first["rejected"]) == (91, 90, 1)
    assert (report.rows, sum(report.rejected.values()), report.counts["Post"]) == (91, 1, 90)
    assert begun <= first["finished_at"] <= datetime.now(UTC)

    load([str(path)], any_store)
    (again,) = loads(any_store)
    assert again.pop("finished_at") >= first.pop("finished_at")
    assert again == first
    assert any_store.counts() == report.counts
    assert not report.differences


def test_another_file_or_another_name_is_another(embedded_store: Store, tmp_path: Path) -> None:
    for folder, name, text in (
        ("a", "p.csv", POSTS),
        ("b", "p.csv", POSTS),
        ("b", "q.csv", POSTS),
        ("c", "p.csv", POSTS * 2),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        load([str(write(tmp_path / folder / name, text))], embedded_store)
    assert [file["file"] for file in loads(embedded_store)] == ["p.csv", "p.csv", "q.csv"]


def test_a_packed_file_has_the_sum_of_what_lies_there_and_a_damaged_one_says_so(
    embedded_store: Store, tmp_path: Path
) -> None:
    packed = gzip.compress(POSTS.encode(), mtime=0)
    (tmp_path / "whole.csv.gz").write_bytes(packed)
    (tmp_path / "cut.csv.gz").write_bytes(packed[:-9])
    report = load([str(tmp_path)], embedded_store)
    assert report.exit_code == 1
    cut, whole = loads(embedded_store)
    assert (cut["state"], cut["size"], whole["state"], whole["size"]) == (
        "damaged",
        len(packed) - 9,
        "whole",
        len(packed),
    )
    assert whole["sha256"] == hashlib.sha256(packed).hexdigest()


def test_what_comes_by_a_pipe_is_known_at_its_end(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(POSTS.encode(), mtime=0)
    for sent, state in ((packed, "whole"), (packed[:-9], "damaged")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent)))
        load(["-"], embedded_store)
        (file,) = [file for file in loads(embedded_store) if file["state"] == state]
        assert (file["file"], file["size"], file["rows"]) == ("stdin", len(sent), 90)
        assert file["sha256"] == hashlib.sha256(sent).hexdigest()


def test_a_file_tells_of_every_platform_in_it(embedded_store: Store, tmp_path: Path) -> None:
    rows = "".join(f"{n},u{n},2020-01-01,#t,{where}\n" for n, where in enumerate(["x", "bsky", "x"]))
    load([str(write(tmp_path / "p.csv", f"id,user_id,created_at,text,platform\n{rows}"))], embedded_store)
    assert loads(embedded_store)[0]["platform"] == "bsky, x"


def test_the_folder_is_nowhere_in_the_graph(tmp_path: Path) -> None:
    (folder := tmp_path / "SECRET-FOLDER").mkdir()
    told("load", write(folder / "p.csv", POSTS), "--store", tmp_path / "s.lbug", "--quiet")
    assert b"SECRET-FOLDER" not in (tmp_path / "s.lbug").read_bytes()


KILLED = """
import os, signal, sys
from campaign_cypher.embedded import EmbeddedStore
from campaign.cli import main

write, left = EmbeddedStore.write, [int(sys.argv.pop(1))]

def killed(self, batch):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return write(self, batch)

EmbeddedStore.write = killed
main()
"""


def test_a_killed_load_claims_no_end_and_is_whole_when_it_is_run_again(tmp_path: Path) -> None:
    path, store = write(tmp_path / "posts.csv", POSTS), tmp_path / "s.lbug"
    command = ("load", path, write(tmp_path / "second.csv", POSTS), "--store", store, "--quiet")
    for writes, posts in ((1, 0), (2, 90)):  # killed before the posts, and after them
        done = subprocess.run([sys.executable, "-c", KILLED, str(writes), *map(str, command)], check=False)
        assert done.returncode == -signal.SIGKILL
        with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
            found = [(file["file"], file["state"], file["rows"], file["finished_at"]) for file in loads(graph)]
            assert found == [(name, "not finished", None, None) for name in ("posts.csv", "second.csv")]
            assert graph.counts()["Post"] == posts
    told(*command)
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        assert [(file["state"], file["rows"], file["posts"]) for file in loads(graph)] == [("whole", 90, 90)] * 2
        assert graph.counts()["Post"] == 90


def test_a_load_that_was_not_finished_is_told_of_wherever_the_graph_is_asked(tmp_path: Path) -> None:
    rows = "".join(f"{n},u{n % 7},2020-01-0{1 + n // 60}T{n % 24:02}:00:00,#t{n % 9}\n" for n in range(200))
    path, second = write(tmp_path / "posts.csv", f"id,user_id,created_at,text\n{rows}"), tmp_path / "second.csv"
    store = ("--store", tmp_path / "s.lbug")
    with closing(connect(StoreTarget(str(store[1])))) as graph:
        load([str(path)], graph)
        Loads(graph).begin([str(write(second, rows))], lambda _: None)  # and killed
    note, quick = "The load of second.csv was not finished: load it again.", ("--placebos", 0, *store)
    trending = ("report", "trending", "--since", "2h", "--past", "3d", "--out", tmp_path / "reports", *quick)
    assert f"· loads         {note}" in told("doctor", *store)
    assert json.loads(told("detect", "--json", *quick))["run"]["notes"][0] == note
    assert note in told("detect", *quick, "--out", tmp_path / "r.html")
    assert note in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert note in json.loads(told(*trending, "--json"))["notes"]

    with closing(connect(StoreTarget(str(store[1])))) as graph:
        Loads(graph).begin([str(write(tmp_path / f"{n}.csv", rows)) for n in range(4)], lambda _: None)
        assert unfinished(graph) == ("The loads of 0.csv, 1.csv, 2.csv and 2 more were not finished: load them again.",)


def test_a_load_that_is_only_tried_or_of_which_no_row_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, store = write(tmp_path / "posts.csv", POSTS), tmp_path / "s.lbug"
    told("load", path, "--dry-run", "--quiet")
    none = write(tmp_path / "none.csv", "id,user_id,created_at,text\n1,u,never,#t\n")
    assert campaign("load", none, "--store", store, "--quiet").code == 1
    answer = json.loads(told("query", "run", "quality/loads", "--json", "--store", store))
    assert [(file["file"], file["rows"], file["posts"]) for file in answer] == [("none.csv", 1, 0)]

    def refuse(*_: object) -> None:
        raise AssertionError("an empty database has to stay empty, so that --bulk can be tried again")

    here = LocalServer(tmp_path, Options(bolt_port=1))
    monkeypatch.setattr(bulk, "local_server", lambda *_: here)
    monkeypatch.setattr(bulk, "refuse_if_filled", lambda *_: None)
    monkeypatch.setattr(bulk, "fill", refuse)
    assert campaign("load", "--bulk", none, "--store", here.address, "--quiet").code == 1
