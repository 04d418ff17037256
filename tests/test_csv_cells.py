"""CSV of every command: strangers' words are no formulas, numbers are numbers, and JSON has the text as it is."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from command import told

from campaign.output import show

FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\nx"]


def test_a_post_is_no_formula_where_a_query_prints_it(tmp_path: Path) -> None:
    text = "=HYPERLINK(A1) #tag"
    (tmp_path / "posts.csv").write_text(f"account,created_at,text,id\nu,2025-01-01T00:00:00Z,{text},p\n")
    told("load", tmp_path / "posts.csv", "--platform", "x", "--store", tmp_path / "s.lbug")
    asked = ("query", "run", "evidence/account_posts", "-p", "account=u", "--store", tmp_path / "s.lbug", "--format")
    (row,) = csv.DictReader(io.StringIO(told(*asked, "csv")))
    assert row["text"] == f"'{text}"
    assert json.loads(told(*asked, "json"))[0]["text"] == text


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_shown_as_csv_runs_nothing(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    show(pl.DataFrame({"text": [text, "a"], "n": [-1, 2]}), "csv")
    first, second = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert first == {"text": f"'{text}", "n": "-1"}
    assert second == {"text": "a", "n": "2"}


def test_a_carriage_return_ends_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    show(pl.DataFrame({"text": ["a\r=cmd|' /C calc'!A0", 'b\r"c', "\r\n=d"], "n": [1, 2, 3]}), "csv")
    written = capsys.readouterr().out
    assert "\r" not in written
    rows = [row["text"] for row in csv.DictReader(io.StringIO(written, newline=""))]
    assert rows == ["a\n=cmd|' /C calc'!A0", 'b\n"c', "'\n=d"]


def test_times_lists_and_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    frame = pl.DataFrame(
        {"at": [datetime(2025, 1, 1, tzinfo=UTC), None], "tags": [["a", "=b"], None], "p": [1e-30, None]},
        schema_overrides={"at": pl.Datetime("us", "UTC")},
    )
    show(frame, "csv")
    assert capsys.readouterr().out.splitlines() == ["at,tags,p", '2025-01-01T00:00:00Z,"[""a"", ""=b""]",1e-30', ",,"]
