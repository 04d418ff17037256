"""`campaign runs`: what was asked before is listed, shown as it was, and deleted only when that is meant."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from campaign_cypher import StoreTarget, connect
from command import Corpus, campaign, refused, told

from campaign.commands.runs import _asked


@pytest.fixture(scope="module")
def store(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.copy(tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="module")
def answers(store: Path) -> dict[str, str]:
    """Two runs: run id -> what `detect --json` printed."""
    texts = [
        told("detect", "--json", "--layer", "hashtag", *more, "--store", store) for more in ((), ("--fdr", "0.05"))
    ]
    return {json.loads(text)["run"]["id"]: text for text in texts}


def listed(store: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told("runs", "list", "--format", "csv", "--store", store))))


def counts(store: Path) -> dict[str, int]:
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        return graph.counts()


def test_runs_are_listed_with_what_they_found(store: Path, answers: dict[str, str]) -> None:
    rows = {row["run"]: row for row in listed(store)}
    assert rows.keys() == answers.keys()
    for run, text in answers.items():
        groups = json.loads(text)["groups"]
        assert int(rows[run]["campaigns"]) == sum(g["claim"] == "campaign" for g in groups)
        assert int(rows[run]["gatherings"]) == sum(g["claim"] == "gathering" for g in groups)
        assert json.loads(rows[run]["parameters"]) == json.loads(text)["run"]["parameters"]


def test_the_list_fits_a_terminal_and_tells_runs_apart(store: Path, answers: dict[str, str]) -> None:
    table = told("runs", "list", "--store", store)
    assert max(map(len, table.splitlines())) <= 80
    assert all(run in table for run in answers)
    assert table.count("fdr 0.05") == 1
    assert table.count("hashtag") == 2
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", table)


def test_what_a_run_was_asked_in_a_few_words() -> None:
    asked = {"hashtags": ["a", "b"], "since": "2024-03-04T00:00:00+00:00", "until": None, "seed": 2, "fdr": 0.01}
    assert _asked(json.dumps(asked)) == "#a #b since 2024-03-04 00:00 seed 2"
    assert _asked(None) == ""


def test_a_run_is_shown_as_it_was_printed(store: Path, answers: dict[str, str]) -> None:
    for run, text in answers.items():
        assert told("runs", "show", run, "--json", "--store", store) == text
    run = next(iter(answers))
    assert told("runs", "show", run, "--store", store) == told("detect", "--layer", "hashtag", "--store", store)


def test_nothing_is_deleted_without_being_meant(store: Path, answers: dict[str, str]) -> None:
    before, run = counts(store), next(iter(answers))
    asked = refused("runs", "delete", run, "--store", store)
    assert (asked.code, "--yes" in asked.err) == (2, True)
    dry = campaign("runs", "delete", run, "--dry-run", "--store", store)
    assert (dry.code, dry.out) == (0, "")
    assert f"would delete run {run}" in dry.err
    assert counts(store) == before


def test_a_deleted_run_is_gone_and_the_others_stay(answers: dict[str, str], store: Path) -> None:
    gone, kept = answers
    before = counts(store)
    done = campaign("runs", "delete", gone, "--yes", "--store", store)
    assert (done.code, done.out) == (0, "")
    assert "1 Run" in done.err
    after = counts(store)
    found, edges = (json.loads(answers[gone])[key] for key in ("groups", "edges"))
    assert before["Run"] - after["Run"] == 1
    assert before["Group"] - after["Group"] == len(found)
    assert before["MEMBER_OF"] - after["MEMBER_OF"] == sum(g["size"] for g in found)
    assert before["COORDINATED_WITH"] - after["COORDINATED_WITH"] == len(edges)
    unchanged = ("Account", "Post", "Hashtag", "Url", "POSTED", "TAGGED", "MENTIONS", "RETWEETS")
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}
    assert [row["run"] for row in listed(store)] == [kept]
    assert told("runs", "show", kept, "--json", "--store", store) == answers[kept]
    assert f"no run {gone}" in refused("runs", "delete", gone, "--yes", "--store", store).err
    assert told("detect", "--json", "--layer", "hashtag", "--store", store) == answers[gone]  # and comes again


def test_a_run_that_there_is_not_is_one_line(store: Path, answers: dict[str, str]) -> None:
    run = list(answers)[1]
    near = refused("runs", "show", run[:-1], "--store", store)
    assert (near.code, f"did you mean {run}" in near.err) == (1, True)
    assert f"`campaign runs list --store {store}` lists them" in refused("runs", "show", "zzz", "--store", store).err


def test_a_store_without_runs_says_so(corpus: Corpus) -> None:
    assert listed(corpus.store) == []
    none = refused("runs", "show", "zzz", "--store", corpus.store).err
    assert f"it holds none: run `campaign detect --store {corpus.store}`" in none


@pytest.mark.parametrize("command", ["runs list", "runs show x", "runs delete x --yes", "show x-1"])
def test_no_store_is_one_line(tmp_path: Path, command: str) -> None:
    done = refused(*command.split(), "--store", tmp_path / "none.lbug")
    assert done.code == 1
    assert "no store at" in done.err
    assert list(tmp_path.iterdir()) == []
