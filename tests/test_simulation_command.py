"""`campaign simulate`: files that can be loaded, the same for the same seed, in three formats."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from campaign_analysis.errors import AnalysisError
from command import refused
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from campaign.cli import app
from campaign.commands.simulate import _mixed
from campaign.failures import UsageError

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
    "image_hashes",
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
    run(tmp_path / "parquet")
    run(tmp_path, "--format", format)
    posts = pl.read_parquet(tmp_path / "parquet" / "posts.parquet")
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


def asked(out: Path, *words: str) -> str:
    """What `simulate` with these options says; 6,000 posts unless they say otherwise."""
    result = CliRunner().invoke(app, ["simulate", "--out", str(out), "--posts", "6000", *words])
    assert result.exit_code == 0, result.output
    return result.stderr


def groups_in(out: Path) -> list[str]:
    return pl.read_csv(out / "truth.csv")["group"].unique().sort().to_list()


def test_worlds_are_mixed_by_name_with_their_parameters(tmp_path: Path) -> None:
    asked(tmp_path, "--world", "bots:groups=2,size=6/9,turnout=0.8", "--world", "newsrooms:wires=1")
    assert groups_in(tmp_path) == ["bots-0", "bots-1", "feed-0"]
    truth = pl.read_csv(tmp_path / "truth.csv")
    assert truth["group"].value_counts().sort("group")["count"].to_list()[:2] == [6, 9]


def test_other_options_still_count_beside_named_worlds(tmp_path: Path) -> None:
    asked(tmp_path, "--world", "rings:size=7", "--rings", "2", "--spikes", "1")
    assert groups_in(tmp_path) == ["ring-0", "ring-1", "spike-0"]
    assert (pl.read_csv(tmp_path / "truth.csv")["group"] == "ring-1").sum() == 7


def test_an_account_in_two_rings_is_counted_once(tmp_path: Path) -> None:
    said = asked(tmp_path, "--world", "overlapping:groups=1,size=20,shared=0.3")
    assert "34 guilty accounts, 0 in innocent groups" in said


def test_worlds_are_listed_on_stdout() -> None:
    result = CliRunner().invoke(app, ["simulate", "--list-worlds"])
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert any(line.split()[:2] == ["burst", "guilty"] for line in lines)
    assert any(line.split()[:2] == ["televised", "innocent"] for line in lines)
    assert any(line.strip().startswith("broadcasts=4,") for line in lines)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--world", "dragons"], "no world 'dragons'"),
        (["--world", "bots:size=1"], "size must be values, each 2 or more"),
        (["--world", "bots", "--world", "bots:size=3"], "--world bots is there twice"),
        (["--world", "crowd:posts=9"], "with --posts"),
        (["--world", "sizes", "--posts", "500"], "ask for more than that, or fewer groups"),
        (["--world", "burst:groups=1,groups=2"], "groups is there twice"),
        (["--rings", "1", "--world", "rings:rings=2"], "--world says rings:rings=2 and an option of its own (1)"),
        (["--rings", "0", "--ring-size", "99"], "--ring-size 99: there are no rings"),
        (["--world", "burst", "--ring-size", "9"], "--ring-size 9: there are no rings"),
        (["--days", "5000000"], "5000000 days from 2024-03-04 on end in the future"),
        (["--bought", "0.1"], "name one with --audience"),
        (["--audience", "followers", "--posts", "100000", "--ring-size", "3"], "leave --posts, --ring-size out"),
        (["--audience", "market", "--bought", "0.8"], "no other share can be asked for"),
    ],
)
def test_bad_worlds_are_one_line_and_nothing_is_written(tmp_path: Path, words: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["simulate", "--out", str(tmp_path), *words])
    assert isinstance(result.exception, AnalysisError | UsageError)
    assert message in str(result.exception)
    assert "\n" not in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_ring_size_counts_where_the_rings_are_a_named_world() -> None:
    own: dict[str, dict[str, int | None]] = {"rings": {"rings": None, "size": 9}}
    assert _mixed(own, ["rings"]) == {"rings": {"size": 9}}
    assert _mixed(own, [])["rings"] == {"rings": 6, "size": 9}


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ("posts.parquet", ["--format", "csv"]),
        ("posts.csv.gz", ["--format", "csv"]),
        ("posts.jsonl", ["--audience", "reactions"]),
        ("posts.csv", ["--audience", "market"]),
        ("followers.csv", []),
    ],
)
def test_a_folder_with_another_corpus_is_refused(tmp_path: Path, there: str, words: list[str]) -> None:
    (tmp_path / there).write_text("old")
    done = refused("simulate", "--out", tmp_path, *words)
    assert done.code == 2
    assert f"{tmp_path / there} is of another corpus" in done.err
    assert [file.name for file in tmp_path.iterdir()] == [there]


def test_where_to_write_must_be_said() -> None:
    result = CliRunner().invoke(app, ["simulate"])
    assert isinstance(result.exception, UsageError)
    assert "--out" in str(result.exception)
