"""`campaign simulate`: files that can be loaded, the same for the same seed, in three formats."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from campaign.cli import app

SMALL = ["--posts", "8000", "--accounts", "400", "--rings", "2", "--ring-size", "10", "--chats", "1", "--spikes", "1"]
COLUMNS = [
    "post_id",
    "account_id",
    "handle",
    "created_at",
    "text",
    "hashtags",
    "mentions",
    "urls",
    "retweet_of",
    "reply_to",
    "quote_of",
    "account_created_at",
    "followers",
    "platform",
]


def run(out: Path, *more: str) -> str:
    result = CliRunner().invoke(app, ["simulate", "--out", str(out), *SMALL, *more])
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    return result.stderr


def test_posts_and_truth_are_written_and_said(tmp_path: Path) -> None:
    said = run(tmp_path / "a" / "b")
    posts = pl.read_parquet(tmp_path / "a" / "b" / "posts.parquet")
    truth = pl.read_csv(tmp_path / "a" / "b" / "truth.csv", schema_overrides={"account_id": pl.String})
    assert posts.columns == COLUMNS
    assert posts.height == 8000
    assert set(posts["platform"]) == {"sim"}
    assert truth.columns == ["account_id", "group", "kind", "guilty", "core", "turnout"]
    assert {"ring-0", "ring-1", "chat-0", "spike-0"} == set(truth["group"])
    assert "8,000 posts" in said
    assert f"{truth['guilty'].sum()} guilty accounts" in said


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("first", "5"), ("again", "5"), ("other", "6")):
        run(tmp_path / name, "--seed", seed)
    for file in ("posts.parquet", "truth.csv"):
        first, again, other = ((tmp_path / name / file).read_bytes() for name in ("first", "again", "other"))
        assert first == again
        assert first != other


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_other_formats_hold_the_same_posts(tmp_path: Path, format: str) -> None:
    run(tmp_path)
    run(tmp_path, "--format", format)
    posts = pl.read_parquet(tmp_path / "posts.parquet")
    times = [name for name, type in posts.schema.items() if isinstance(type, pl.Datetime)]
    strings = {name: pl.String for name, type in posts.schema.items() if type == pl.String}
    read = (
        pl.read_csv(tmp_path / "posts.csv", schema_overrides=strings)
        if format == "csv"
        else pl.read_ndjson(tmp_path / "posts.jsonl", schema_overrides=strings)
    )
    back = read.with_columns(pl.col(times).str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", time_zone="UTC"))
    assert_frame_equal(back.fill_null(""), posts.fill_null(""))


def test_too_many_groups_for_the_posts_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["simulate", "--out", str(tmp_path), "--posts", "100"])
    assert result.exception is not None
    assert "ask for more than that, or fewer groups" in str(result.exception)
    assert list(tmp_path.iterdir()) == []
