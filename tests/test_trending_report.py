"""`campaign report trending` as a scheduler meets it: what rings push is pushed, a crowd's spike is organic."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import jsonschema
import polars as pl
import pytest
from command import Corpus, Done, campaign, refused, told

from campaign.trending import report as making
from campaign.trending.across import change
from campaign.trending.as_json import SCHEMA_VERSION, OlderReportError, read
from campaign.trending.model import Tag
from campaign.trending.words import changes

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((ROOT / "docs" / "trending.schema.json").read_text("utf-8"))
WINDOW = ("--since", "2024-03-11", "--until", "2024-03-24")
QUICK = ("--placebos", 0, "--quiet")


@dataclass(frozen=True)
class Made:
    """A store, the folder of reports that was made of it, and what the command said."""

    store: Path
    out: Path
    done: Done

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "latest" / "report.json").read_text("utf-8"))
        return found

    def run(self, *more: object, out: Path | None = None) -> Done:
        options = (*more, *QUICK, "--store", self.store, "--out", out or self.out)
        return campaign("report", "trending", *options)


@pytest.fixture(scope="module")
def made(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Two weeks of the corpus, reported once."""
    folder = tmp_path_factory.mktemp("trending")
    empty = Made(corpus.copy(folder), folder / "reports", Done(0, "", ""))
    return Made(empty.store, empty.out, empty.run(*WINDOW, "--json"))


def test_what_rings_push_is_pushed_and_what_strangers_use_is_organic(made: Made, corpus: Corpus) -> None:
    assert made.done.code == 0, made.done.err
    truth = pl.read_csv(corpus.truth, schema_overrides={"account_id": pl.String})
    posts = pl.read_parquet(corpus.posts)
    spike = set(truth.filter(kind="spike")["account_id"])
    ring = set(truth.filter(kind="ring")["account_id"])
    words = {t["display"]: t["word"] for t in made.report["hashtags"]}
    assert words
    assert {"pushed", "organic"} == set(words.values())
    for display, word in words.items():
        uses = posts.filter(pl.col("hashtags").str.split(" ").list.contains(display))["account_id"].unique()
        by_ring, by_spike = len(set(uses) & ring), len(set(uses) & spike)
        assert word == ("pushed" if by_ring > 5 else "organic"), display
        assert max(by_ring, by_spike) > 5


def test_the_json_is_what_its_schema_says(made: Made) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(made.report, SCHEMA)
    assert made.done.out == (made.out / "latest" / "report.json").read_text("utf-8")
    broken = {**made.report, "hashtags": [{**made.report["hashtags"][0], "word": "guilty"}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_numbers_are_those_of_the_posts(made: Made, corpus: Corpus) -> None:
    """Counted a second way, from the file."""
    tag = next(t for t in made.report["hashtags"] if t["word"] == "pushed")
    posts = pl.read_parquet(corpus.posts).filter(
        pl.col("hashtags").str.split(" ").list.contains(tag["display"])
        & (pl.col("created_at") >= datetime(2024, 3, 11, tzinfo=UTC))
    )
    assert (tag["posts"], tag["accounts"]) == (posts.height, posts["account_id"].n_unique())
    acts = posts.with_columns(hour=pl.col("created_at").dt.truncate("1h")).unique(["account_id", "hour"])
    assert sum(tag["hourly"]["acts"]) == acts.height
    core = {member.removeprefix("sim:") for g in made.report["groups"] for member in g["core"]}
    begins, ends = (pl.lit(tag["burst"][side]).str.to_datetime(time_zone="UTC") for side in ("begins", "ends"))
    burst = posts.filter(pl.col("created_at").is_between(begins, ends, closed="left"))
    assert tag["burst"]["posts"] == burst.height
    by_core = burst.filter(pl.col("account_id").is_in(list(core))).height
    assert sum(part["core"] for part in tag["groups"]) == by_core > 0


def test_on_a_clock_of_days_nothing_is_organic_and_no_hour_is_told(tmp_path: Path) -> None:
    """Twelve accounts push a hashtag within minutes, and the export keeps dates only: no campaign can be found."""
    day = datetime(2024, 5, 1, tzinfo=UTC)
    rows = [
        (f"s{account}", day + timedelta(days=n), tag)
        for n in range(10)
        for account in range(30)
        for tag in (["daily"] if account % 2 else ["other"])
    ] + [(f"s{account % 12}", day + timedelta(days=9), "pushed") for account in range(60)]
    text = "id,user_id,created_at,text,hashtags\n" + "".join(
        f"{place},{account},{time:%Y-%m-%d},#{tag} {place},{tag}\n" for place, (account, time, tag) in enumerate(rows)
    )
    (tmp_path / "posts.csv").write_text(text, "utf-8")
    store = tmp_path / "days.lbug"
    campaign("load", tmp_path / "posts.csv", "--store", store, "--quiet")
    done = Made(store, tmp_path / "reports", Done(0, "", "")).run("--since", "24h", "--json")
    assert done.code == 0, done.err
    (tag,) = json.loads(done.out)["hashtags"]
    assert (tag["tag"], tag["word"], tag["rise"]["rose"]) == ("pushed", "cannot tell", None)
    assert tag["why"].startswith("Most of its times are multiples of 1 day: ")
    assert (tag["burst"]["begins"], tag["burst"]["ends"]) == ("2024-05-10T00:00:00Z", "2024-05-11T00:00:00Z")
    page = (tmp_path / "reports" / "latest" / "01-pushed.html").read_text("utf-8")
    assert "The rise could be told by" not in page
    assert "12 acts (accounts in 1 day)" in page


def test_a_page_a_hashtag_that_loads_nothing_and_runs_nothing(made: Made) -> None:
    latest = made.out / "latest"
    index = (latest / "index.html").read_text("utf-8")
    pages = sorted(latest.glob("[0-9]*.html"))
    assert len(pages) == len(made.report["hashtags"])
    for page in (latest / "index.html", *pages):
        text = page.read_text("utf-8")
        assert "<script" not in text
        assert "http://" not in text and "https://" not in text
        assert page.stat().st_size < 100_000
    assert all(f'href="{page.name}"' in index for page in pages)
    assert (latest / "groups.html").stat().st_size < 6_000_000
    summary = (latest / "summary.txt").read_text("utf-8")
    assert "pushed" in summary.splitlines()[2]
    assert (latest / "summary.md").read_text("utf-8").startswith("# ")


def test_a_second_run_gives_the_same_bytes_and_says_what_it_does_not_compare_with(made: Made, tmp_path: Path) -> None:
    again = tmp_path / "again"
    done = made.run(*WINDOW, "--compare", "last", "--fail-on", "campaign", out=again)
    assert done.code == 3
    assert "no earlier report to compare with" in done.err
    first = made.out / "2024-03-24"
    assert {p.name for p in first.iterdir()} == {p.name for p in (again / "2024-03-24").iterdir()}
    for path in first.iterdir():
        assert path.read_bytes() == (again / "2024-03-24" / path.name).read_bytes(), path.name


def test_the_next_report_says_what_changed_and_who_is_back(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making.pipeline, "detect", lambda *_: made_detection(made))
    out = tmp_path / "reports"
    shutil.copytree(made.out / "2024-03-24", out / "2024-03-20")
    before = json.loads((out / "2024-03-20" / "report.json").read_text("utf-8"))
    before["date"] = "2024-03-20"
    gone = before["hashtags"].pop()["tag"]
    (out / "2024-03-20" / "report.json").write_text(json.dumps(before), "utf-8")
    assert made.run(*WINDOW, "--compare", "last", out=out).code == 0
    report = json.loads((out / "latest" / "report.json").read_text("utf-8"))
    jsonschema.validate(report, SCHEMA)
    assert [c["tag"] for c in report["change"]["hashtags"]] == [gone]
    assert report["change"]["new_groups"] == report["change"]["gone_groups"] == []
    assert {g["back"]["group"] for g in report["groups"]} == {g["id"] for g in before["groups"]}
    assert "Back: shares" in (out / "latest" / "index.html").read_text("utf-8")


def test_what_rises_but_is_not_told_of_is_not_said_to_rise_no_longer() -> None:
    """Nor is a group gone that nobody looked for; and what was not told of then is not new."""
    groups = [{"id": "g1", "members": ["a"], "pushes": [{"tag": "cut"}]}, {"id": "g2", "members": ["b"], "pushes": []}]
    words = [{"tag": tag, "word": "organic"} for tag in ("cut", "over")]
    before = {"date": "2024-03-20", "hashtags": words, "groups": groups, "untold": ["later"]}
    told = [cast(Tag, SimpleNamespace(tag=tag, word="pushed")) for tag in ("later", "fresh")]
    assert changes(change(told, [], before, untold=["cut"])) == [
        "#cut (organic then) rises, and is not told of here.",
        "#fresh is new: pushed.",
        "#later rose then too, and was not told of: pushed now.",
        "#over (organic) no longer rises.",
        "1 group of then not found: g2.",
    ]


def test_a_report_of_another_schema_is_not_compared_with(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making.pipeline, "detect", lambda *_: made_detection(made))
    older = tmp_path / "2024-03-20"
    older.mkdir()
    (older / "report.json").write_text('{"schema_version": 0}')
    done = made.run(*WINDOW, "--compare", "last", out=tmp_path)
    assert done.code == 0
    assert "has schema_version 0, this campaign reads 1: not compared with it" in done.err
    assert (tmp_path / "latest" / "index.html").exists()


def made_detection(made: Made) -> Any:
    """The detection of the report that was made, out of its twin."""
    from campaign.reporting.json_result import from_json

    return from_json((made.out / "2024-03-24" / "groups.json").read_text("utf-8"))


def test_what_fails_for_one_hashtag_is_said_and_the_rest_is_there(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, failing = making.tag_of, made.report["hashtags"][0]["tag"]

    def broken(store: Any, rise: Any, *more: Any) -> Any:
        if rise.tag == failing:
            raise RuntimeError("out of luck")
        return whole(store, rise, *more)

    monkeypatch.setattr(making.pipeline, "detect", lambda *_: made_detection(made))
    monkeypatch.setattr(making, "tag_of", broken)
    done = made.run(*WINDOW, out=tmp_path)
    assert done.code == 1
    assert f"campaign: #{failing} failed: RuntimeError: out of luck" in done.err
    report = json.loads((tmp_path / "latest" / "report.json").read_text("utf-8"))
    jsonschema.validate(report, SCHEMA)
    assert [f["tag"] for f in report["failed"]] == [failing]
    assert len(report["hashtags"]) == len(made.report["hashtags"]) - 1


def test_bad_input_is_one_line_and_nothing_is_written(made: Made, tmp_path: Path) -> None:
    def asked(*options: object) -> str:
        return refused("report", "trending", *options, "--store", made.store, "--out", tmp_path).err

    assert "no post from 2030-01-01" in asked("--since", "2030-01-01", "--until", "2030-01-02")
    assert "no past to compare with" in asked("--since", "2024-03-04", "--until", "2024-03-06")
    assert "is after until" in asked("--since", "2024-03-10", "--until", "2024-03-06")
    assert "is no date or time" in asked("--since", "yesterday")
    assert "'' is no date or time" in asked("--until", "")
    assert "has no post after 2024-03-" in asked("--since", "2024-03-12", "--until", "2099-01-01")
    for option, value in (("--fdr", "2"), ("--seed", "-1"), ("--placebos", "-1")):
        assert f"{value} " in asked("--since", "2024-03-24T00:00", "--until", "2024-03-24T01:00", option, value)
    assert "--past 1h is too short to compare with: give 3h or more" in asked(*WINDOW, "--past", "1h")
    assert "no folder to write to" in refused("report", "trending", "--store", made.store).err
    assert [p.name for p in tmp_path.iterdir() if p.name != ".lock"] == []


def test_another_run_in_progress(made: Made, tmp_path: Path) -> None:
    from campaign.trending.folder import alone

    with alone(tmp_path):
        assert "another run is writing" in made_refused(made, tmp_path)


def made_refused(made: Made, out: Path) -> str:
    return refused("report", "trending", "--store", made.store, "--out", out).err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(made: Made, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "cannot be written" in made_refused(made, tmp_path)


def test_where_nothing_rises_that_is_the_report(made: Made, tmp_path: Path) -> None:
    out = told(
        "report",
        "trending",
        "--since",
        "2024-03-13T02:00",
        "--until",
        "2024-03-13T04:59",
        *QUICK,
        "--store",
        made.store,
        "--out",
        tmp_path,
    )
    assert out.startswith("No hashtag rises")
    report = json.loads((tmp_path / "latest" / "report.json").read_text("utf-8"))
    jsonschema.validate(report, SCHEMA)
    assert (report["hashtags"], report["run"]) == ([], None)


def test_a_store_of_one_hashtag_is_refused_for_want_of_others(tmp_path: Path) -> None:
    rows = [f"u{i % 40},2024-03-{4 + i % 4:02} {i % 24:02}:{i % 60:02}:00,seen,only" for i in range(200)]
    posts = tmp_path / "one.csv"
    posts.write_text("\n".join(["account,time,text,hashtags", *rows]), encoding="utf-8")
    store = tmp_path / "one.lbug"
    assert campaign("load", posts, "--store", store, "--quiet").code == 0
    done = refused("report", "trending", "--store", store, "--out", tmp_path / "reports", *QUICK)
    assert "no other hashtag than #only" in done.err
    assert not (tmp_path / "reports" / "latest").exists()


def test_tables_leave_the_coefficient_out_where_there_are_too_few_posts_for_it(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making.pipeline, "detect", lambda *_: made_detection(made))
    few = [t for t in made.report["hashtags"] if not t["concentration"]["enough_posts"]]
    assert few and all(t["concentration"]["ctm"] > 12 for t in few)  # organic ones among them
    rows = pl.read_csv(made.run(*WINDOW, "--format", "csv").out.encode()).filter(
        pl.col("hashtag").is_in([t["tag"] for t in few])
    )
    assert rows.height == len(few) and rows["ctm"].null_count() == len(few)
    lines = (made.out / "latest" / "summary.md").read_text("utf-8").splitlines()
    assert sum(" | – | " in line for line in lines) == len(few)


@pytest.mark.parametrize("entries", [{"groups": [{}]}, {"hashtags": [{"tag": "a"}]}, {"groups": ["x"]}, {"date": None}])
def test_an_earlier_report_with_damaged_entries_is_not_compared_with(tmp_path: Path, entries: dict[str, Any]) -> None:
    earlier = {"schema_version": SCHEMA_VERSION, "date": "2026-01-01", "hashtags": [], "groups": [], **entries}
    (tmp_path / "report.json").write_text(json.dumps(earlier))
    with pytest.raises(OlderReportError, match="incomplete"):
        read(tmp_path / "report.json")


def test_an_earlier_report_that_is_too_deep_is_not_compared_with(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("[" * 100_000)
    with pytest.raises(OlderReportError, match="cannot be read"):
        read(tmp_path / "report.json")
