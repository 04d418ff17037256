"""Terminals and pipes that are not UTF-8: a character that they have not is replaced, and data stay whole."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from campaign.cli import main

FACE = "\N{GRINNING FACE}"
TAG = "ştiri"  # in UTF-8, but in neither ASCII nor Latin-1


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    rows = [f"u{i % 5},2025-01-01T00:0{i}:00Z,{FACE} #{TAG},p{i}" for i in range(10)]
    (folder / "posts.csv").write_text("\n".join(["account,created_at,text,id", *rows]), encoding="utf-8")
    run("load", folder / "posts.csv", "--platform", "x", "--store", folder / "s.lbug", encoding="utf-8")
    return folder / "s.lbug"


def run(*arguments: object, encoding: str) -> bytes:
    """The stdout of a command whose standard streams are pipes of that encoding."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding=encoding) for name in ("stdout", "stderr")}
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPAIGN_", "NEO4J_"))}
    with (
        patch.dict(os.environ, ours, clear=True),
        patch.multiple(sys, argv=["campaign", *map(str, arguments)], stdin=io.StringIO(), **streams),
        pytest.raises(SystemExit) as end,
    ):
        main()
    for stream in streams.values():
        stream.flush()
    out, err = (stream.buffer.getvalue() for stream in streams.values())  # type: ignore[attr-defined]
    assert not end.value.code, err
    return bytes(out)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_table_replaces_what_the_terminal_has_not(store: Path, encoding: str) -> None:
    text = run("query", "run", "hashtags/top", "--store", store, encoding=encoding).decode(encoding)
    assert "?tiri" in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_data_for_programs_are_utf_8(store: Path, encoding: str) -> None:
    asked = ("query", "run", "hashtags/top", "--store", store, "--format")
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv", encoding=encoding).decode("utf-8"))))
    assert rows[0]["tag"] == TAG
    assert json.loads(run(*asked, "json", encoding=encoding).decode("utf-8"))[0]["tag"] == TAG


def test_a_detection_and_its_run_are_told_in_any_encoding(store: Path) -> None:
    text = run("detect", "-H", TAG, "--layer", "hashtag", "--placebos", 0, "--store", store, encoding="ascii").decode(
        "ascii"
    )
    assert "#?tiri" in text
    kept = json.loads(run("runs", "list", "--json", "--store", store, encoding="ascii"))[0]["run"]
    assert "#?tiri" in run("runs", "show", kept, "--store", store, encoding="latin-1").decode("latin-1")
    whole = run("runs", "show", kept, "--json", "--store", store, encoding="ascii").decode("utf-8")
    assert TAG in whole


def program(*arguments: object, **locale: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, whose locale is that."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("CAMPAIGN_", "NEO4J_", "LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-c", "from campaign.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**ours, **locale})


ASCII = {"PYTHONIOENCODING": "ascii"}


@pytest.mark.parametrize(
    "locale",
    [ASCII, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "C", **ASCII}],
    ids=["PYTHONIOENCODING", "C", "both"],
)
def test_lines_for_people_are_ascii_where_the_terminal_is(store: Path, locale: dict[str, str]) -> None:
    for place, sign in (
        (store, b"+ store "),
        (store.with_name("none.lbug"), b"x store  not reached\n         > no store"),
    ):
        done = program("doctor", "--store", place, **locale)
        assert done.stdout.startswith(sign)
        assert (done.stdout + done.stderr).isascii()


def test_what_a_signal_says_is_ascii_where_the_terminal_is(store: Path) -> None:
    done = program("accounts", "born", "-H", TAG, "--store", store, **ASCII)
    assert b"accounts of #?tiri: 5 accounts" in done.stderr
    assert (done.stdout + done.stderr).isascii()
