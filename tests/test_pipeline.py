"""`campaign detect` on the embedded store: what it answers, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect
from command import Corpus, campaign, refused, told
from found import Found

from campaign import pipeline
from campaign.request import Request

Answer = dict[str, Any]
HEAD = "id,account_id,created_at,text,platform\n"


@pytest.fixture(scope="module")
def store(asked_all: Found, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked_all.copy(tmp_path_factory.mktemp("detect"))


@pytest.fixture(scope="module")
def answer(asked_all: Found) -> Answer:
    return asked_all.answer


@pytest.fixture(scope="module")
def tag(answer: Answer) -> str:
    name: str = answer["groups"][0]["hashtags"][0]["tag"]
    return name


def detected(store: Path, *arguments: object) -> Answer:
    found: Answer = json.loads(told("detect", "--json", *arguments, "--store", store))
    return found


def loaded(folder: Path, *rows: str) -> Path:
    """A store of posts given as lines of CSV."""
    (folder / "posts.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    told("load", "--quiet", folder / "posts.csv", "--store", folder / "own.lbug")
    return folder / "own.lbug"


def test_rings_are_campaigns_and_nobody_innocent_is_in_one(answer: Answer, corpus: Corpus) -> None:
    truth = pl.read_csv(corpus.truth, schema_overrides={"account_id": pl.String})
    guilty = {f"sim:{i}" for i in truth.filter("guilty")["account_id"]}
    campaigns = [g for g in answer["groups"] if g["claim"] == "campaign"]
    assert len(campaigns) == 2
    assert all({a["id"] for a in g["accounts"]} <= guilty for g in campaigns)
    assert sum(g["core"] for g in campaigns) >= 25


def test_a_group_is_described_by_its_members_posts(answer: Answer, corpus: Corpus) -> None:
    posts = pl.read_parquet(corpus.posts)
    group = answer["groups"][0]
    mine = posts.filter(pl.concat_str(pl.lit("sim:"), "account_id").is_in([a["id"] for a in group["accounts"]]))

    def uses(frame: pl.DataFrame) -> dict[str, int]:
        tags = frame.select(pl.col("hashtags").str.to_lowercase().str.split(" ").list.unique()).explode("hashtags")
        return dict(tags.filter(pl.col("hashtags") != "").group_by("hashtags").len().iter_rows())

    own, every = uses(mine), uses(posts)
    for told_of in group["hashtags"]:
        assert told_of["posts"] == own[told_of["tag"]]
        assert told_of["share"] == pytest.approx(own[told_of["tag"]] / every[told_of["tag"]])
    listed = [h["posts"] for h in group["hashtags"]]
    assert listed == sorted(listed, reverse=True)
    assert listed[0] == max(own.values())
    named = mine.filter(pl.col("mentions") != "")["mentions"].str.split(" ").explode().value_counts()
    assert {t["handle"]: t["posts"] for t in group["targets"]}.items() <= dict(named.iter_rows()).items()
    handles = dict(mine.select(pl.concat_str(pl.lit("sim:"), "account_id"), "handle").iter_rows())
    assert {a["id"]: a["handle"] for a in group["accounts"]} == handles
    assert f"{mine['created_at'].min():%Y-%m-%dT%H:%M:%SZ}" <= group["first"] < group["last"]
    assert group["last"] <= f"{mine['created_at'].max():%Y-%m-%dT%H:%M:%SZ}"


def test_the_run_says_what_was_asked_of_what(answer: Answer, corpus: Corpus, tag: str, store: Path) -> None:
    posts = pl.read_parquet(corpus.posts)
    run = answer["run"]
    assert run["parameters"]["hashtags"] == []
    assert set(run["parameters"]["layers"]) == set(answer["tested_pairs"]) >= {"hashtag", "retweet", "text"}
    assert run["counts"]["retweet_events"] == posts["retweet_of"].drop_nulls().len()
    assert answer["hashtag_alone"] is None
    about = detected(store, "-H", f"#{tag.upper()}", "--since", "2024-03-05", "--until", "2024-03-20T12:00")
    parameters = about["run"]["parameters"]
    assert parameters["hashtags"] == [tag]
    assert (parameters["since"], parameters["until"]) == ("2024-03-05T00:00:00+00:00", "2024-03-20T12:00:00+00:00")
    assert "2024-03-05T00:00:00Z" <= about["run"]["data_range"]["first"] < about["run"]["data_range"]["last"]
    assert about["run"]["data_range"]["last"] <= "2024-03-20T12:00:00Z"
    range_ = (datetime(2024, 3, 5, tzinfo=UTC), datetime(2024, 3, 20, 12, tzinfo=UTC))
    tags = pl.col("hashtags").str.to_lowercase().str.split(" ")
    users = posts.filter(pl.col("created_at").is_between(*range_), tags.list.contains(tag))["account_id"].n_unique()
    assert about["run"]["counts"]["accounts"] == users
    assert set(about["hashtag_alone"]) == {"edges", "groups"}
    assert about["run"]["counts"]["background_accounts"] > users


def test_run_ids_tell_questions_apart_and_nothing_else(answer: Answer, store: Path, tag: str) -> None:
    few = ("--placebos", "0", "--layer", "hashtag")
    ids = [answer["run"]["id"]]
    for other in ([], ["-H", tag], ["--fdr", "0.02"], ["--community", "leiden"], ["--seed", "7"], ["--window", "60s"]):
        ids.append(detected(store, *few, *other)["run"]["id"])
    ids.append(detected(store, *few[:2], "--layer", "retweet")["run"]["id"])
    assert len(set(ids)) == len(ids)
    assert detected(store, "--layer", ",".join(answer["tested_pairs"]))["run"]["id"] == answer["run"]["id"]
    assert detected(store, *few, "--window", "1m", "--block", "30m")["run"]["id"] == ids[-2]
    said = " ".join(told("detect", *few, "--window", "365d", "--store", store, "--quiet").split())
    assert "counted by one measure: at most 365 days apart, once in 10,950 days." in said
    assert "The window of 365 days is longer than the data last" in said


@pytest.mark.usefixtures("all_rings")
def test_the_same_bytes_from_another_process(store: Path, tag: str) -> None:
    command = [sys.executable, "-c", "from campaign.cli import main; main()", "detect", "--json", "-H", tag]
    done = subprocess.run([*command, "--store", store], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout == told("detect", "--json", "-H", tag, "--store", store)
    assert done.stderr == ""


def test_formats(store: Path, tag: str) -> None:
    table = told("detect", "-H", tag, "--store", store)
    assert "1 campaign" in table
    rows = list(csv.DictReader(io.StringIO(told("detect", "-H", tag, "--format", "csv", "--store", store))))
    members = [a["id"] for g in detected(store, "-H", tag)["groups"] for a in g["accounts"]]
    assert len(rows) == len(members)


def test_detect_without_saving_writes_nothing(corpus: Corpus, tmp_path: Path) -> None:
    with closing(connect(StoreTarget(str(corpus.copy(tmp_path))))) as graph:
        before = graph.counts()
        assert pipeline.detect(graph, Request(layers=("hashtag",)), save=False).groups
        assert graph.counts() == before
        assert before["Run"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["-H", "nosuchtagatall"], 1, "nobody used #nosuchtagatall"),
        (["--window", "soon"], 2, "'soon' is no duration: write a number and s, m, h or d"),
        (["--window", "0s"], 2, "'0s' is too short"),
        (["--block", "99999999999999999999d"], 2, "is too long"),
        (["--window", "20m", "--block", "30m"], 2, "must hold at least two windows of 1200 s"),
        (["--block", "100s"], 2, "must hold at least two windows of 60 s"),
        (["--layer", "likes"], 2, "no layer is called 'likes': there are domain, hashtag, "),
        (["--since", "2024-03-09", "--until", "2024-03-08T18:00"], 2, "is after until 2024-03-08 18:00"),
        (["--since", "yesterday"], 2, "'yesterday' is no date or time"),
        (["--until", "0001-01-01T00:00:00+05:00"], 2, "is no date or time"),
        (["--fdr", "5"], 2, "between 0 and 1"),
        (["--fdr", "0"], 2, "between 0 and 1"),
        (["--fdr", "nan"], 2, "between 0 and 1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_makes_no_sense_is_one_line(store: Path, arguments: list[str], code: int, line: str) -> None:
    done = refused("detect", *arguments, "--store", store)
    assert done.code == code
    assert line in done.err


def test_a_misspelt_hashtag_is_asked_back(store: Path, tag: str) -> None:
    assert f"did you mean #{tag}" in refused("detect", "-H", tag[:-1], "--store", store).err


def test_a_hashtag_used_at_other_times_is_said(store: Path, tag: str) -> None:
    line = refused("detect", "-H", tag, "--since", "2030-01-01", "--store", store).err
    assert f"nobody used #{tag} since 2030-01-01 00:00" in line
    assert "it was used at other times" in line


def test_no_store_and_no_server_are_one_line(tmp_path: Path) -> None:
    none = refused("detect", "--store", tmp_path / "none.lbug")
    assert "load posts first (campaign load)" in none.err
    assert not (tmp_path / "none.lbug").exists()
    assert "no Neo4j answers at bolt://127.0.0.1:9" in refused("detect", "--store", "bolt://127.0.0.1:9").err


def test_a_report_that_cannot_be_written_is_one_line(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refused("detect", "--out", tmp_path / "file" / "r.html", "--store", store).err


def nothing_found(found: Answer) -> bool:
    return found["groups"] == [] and found["edges"] == []


def test_a_range_in_which_nobody_posted_is_no_acquittal(store: Path) -> None:
    """A mistyped year must not read as: nothing found."""
    line = refused("detect", "--since", "2030-01-01", "--store", store).err
    assert "nobody posted since 2030-01-01 00:00" in line


@pytest.mark.parametrize(
    "rows",
    [
        [f"{i},alone,2024-03-05T10:{i:02}:00Z,hello there #tag{i % 3},x" for i in range(30)],
        [f"{i},u{i % 10},2024-03-05T10:00:00Z,word{i} #tag{i % 4},x" for i in range(60)],
        [f"{i},u{i % 2},{1950 + i}-03-05T10:00:00Z,word{i} #tag,x" for i in range(75)],
        ["1,u,2024-03-05T10:00:00Z,no tag here,x"],
    ],
    ids=["one account", "one instant", "huge gaps", "one post"],
)
def test_odd_stores_find_nothing_and_fail_nowhere(tmp_path: Path, rows: list[str]) -> None:
    store = loaded(tmp_path, *rows)
    assert nothing_found(detected(store))
    assert nothing_found(detected(store, "--window", "1s", "--block", "2s"))
    assert "Nothing found" in told("detect", "--out", tmp_path / "r.html", "--store", store)
    assert (tmp_path / "r.html").stat().st_size > 1000


def test_a_report_that_was_written_is_named(tmp_path: Path) -> None:
    store = loaded(tmp_path, "1,u,2024-03-05T10:00:00Z,no tag here,x")
    report = ("detect", "--out", tmp_path / "r.html", "--store", store)
    done = campaign(*report, "--json")
    assert done.err.splitlines()[-1] == f"wrote {tmp_path / 'r.html'} and {tmp_path / 'r.json'}"
    assert "wrote" not in done.out
    assert "wrote" not in campaign(*report, "--quiet").err


def test_whom_retweets_select_is_part_of_the_question(tmp_path: Path) -> None:
    """A retweet with the tag brings an account in that no event of the hashtag layer knows: another run."""
    rows = [f"{i},u{i % 3},2024-03-05T1{i % 9}:00:00Z,post{i} #tag,x" for i in range(12)]
    store = loaded(tmp_path, *rows)
    first = detected(store, "-H", "tag", "--layer", "hashtag")
    loaded(tmp_path, "99,late,2024-03-05T12:00:00Z,RT @u1: post1 #tag,x")
    second = detected(store, "-H", "tag", "--layer", "hashtag")
    assert first["run"]["counts"]["accounts"] == 3
    assert second["run"]["counts"]["accounts"] == 4
    assert first["run"]["counts"]["hashtag_events"] == second["run"]["counts"]["hashtag_events"]
    assert first["run"]["id"] != second["run"]["id"]


def test_help_names_an_example() -> None:
    assert "campaign detect --hashtag" in campaign("detect", "--help").out
