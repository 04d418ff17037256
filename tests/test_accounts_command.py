"""`campaign accounts`, and the panel that `detect` prints: on simulated accounts that were hired for a job."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from campaign_analysis.signals import every
from campaign_analysis.simulation import Setting, simulate
from campaign_cypher import StoreTarget, connect, queries
from campaign_loader import load
from command import campaign, refused, told

from campaign.commands.simulate import write_corpus


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two hired groups among 400 people, detected, with its report and its truth."""
    folder = tmp_path_factory.mktemp("accounts")
    setting = Setting(days=20, crowd=400)
    posts, truth = simulate({"hired": {"turnout": (0.9,)}, "crowd": {}}, seed=3, posts=7_000, setting=setting)
    write_corpus(folder, posts, truth)
    with closing(connect(StoreTarget(str(folder / "s.lbug")))) as store:
        load([str(folder / "posts.parquet")], store)
    report = folder / "r.html"
    (folder / "told.txt").write_text(
        told("detect", "--store", folder / "s.lbug", "--placebos", 0, "--out", report, "-q")
    )
    return folder


def wrong(code: int, *arguments: object) -> str:
    """The one line that a wrong question gets."""
    done = refused(*arguments)
    assert done.code == code
    return done.err


@pytest.fixture(scope="module")
def store(folder: Path) -> Path:
    return folder / "s.lbug"


@pytest.fixture(scope="module")
def groups(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "r.json").read_text(encoding="utf-8"))["groups"]
    return found


@pytest.fixture(scope="module")
def members(folder: Path) -> list[set[str]]:
    """The true groups."""
    with (folder / "truth.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = sorted({r["group"] for r in rows if r["kind"] == "hired"})
    return [{f"sim:{r['account_id']}" for r in rows if r["group"] == name} for name in names]


def test_the_panel_of_a_campaign_says_which_speak_and_which_wanted_data(
    groups: list[dict[str, Any]], folder: Path
) -> None:
    assert [g["claim"] for g in groups][:2] == ["campaign", "campaign"]
    for group in groups[:2]:
        panel = {s["signal"]: s for s in group["signals"]}
        assert list(panel) == list(every())
        assert {name for name in ("born", "dark", "seconds", "gaps") if panel[name]["speaks"]} == {
            *("born", "dark", "seconds", "gaps")
        }
        for silent in ("removed", "deleted", "clients", "place"):
            assert panel[silent]["untried"] and panel[silent]["p"] is None
        accounts = {a["id"] for a in group["accounts"]}
        seen = [account for s in group["signals"] for sight in s["seen"] for account in sight["accounts"]]
        assert set(seen) <= accounts
    words = " ".join((folder / "told.txt").read_text().split())
    assert "Made together" in words
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert "What its accounts show" in page
    assert "None of them makes a campaign of a gathering" in page


def test_the_graph_keeps_the_panel_with_the_group(store: Path, groups: list[dict[str, Any]]) -> None:
    query = "MATCH (g:`Group`) RETURN g.id AS id, g.signals AS signals"
    with closing(connect(StoreTarget(str(store)))) as graph:
        rows = dict(graph._file.frame(query).iter_rows())  # type: ignore[attr-defined]
    assert {id_: json.loads(text) for id_, text in rows.items()} == {g["id"]: g["signals"] for g in groups}


def test_a_list_may_leave_the_platform_out(store: Path, members: list[set[str]], tmp_path: Path) -> None:
    """As an analyst has ids: out of the platform's own files."""
    answers = []
    for name, ids in (("whole", members[0]), ("bare", {m.partition(":")[2] for m in members[0]})):
        listed = tmp_path / name
        listed.write_text("\n".join(sorted(ids)), encoding="utf-8")
        answers.append(told("accounts", "born", "--list", listed, "--json", "--store", store))
    assert answers[0] == answers[1]
    assert "no account '99999999999' in this store" in wrong(
        2, "query", "run", "evidence/account_posts", "-p", "account=99999999999", "--store", store
    )


def test_a_list_and_a_hashtag_and_a_group_are_asked_about(
    store: Path, groups: list[dict[str, Any]], members: list[set[str]], tmp_path: Path
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(sorted(members[0])))
    (answer,) = json.loads(told("accounts", "born", "--list", listed, "--json", "--store", store))
    assert answer["speaks"]
    assert {a for sight in answer["seen"] for a in sight["accounts"]} <= members[0]
    assert "within the hour from" in answer["seen"][0]["what"]

    group = groups[0]
    rows = list(csv.DictReader(io.StringIO(told(
        "accounts", "dark", "--group", group["id"], "--format", "csv", "--store", store))))  # fmt: skip
    assert {row["signal"] for row in rows} == {"dark"}
    assert float(rows[-1]["p"]) < 1e-5

    tag = group["hashtags"][0]["tag"]
    done = campaign("accounts", "rhythm", "--hashtag", f"#{tag}", "--store", store)
    assert done.code == 0
    assert "Even gaps" in done.out + done.err
    assert "verdict about an account" in done.err


@pytest.mark.parametrize("command", ["born", "leaps", "dark", "rhythm"])
def test_wrong_questions_get_one_line(command: str, store: Path, tmp_path: Path) -> None:
    assert "--group ID" in wrong(2, "accounts", command, "--store", store)
    assert "leave" in wrong(2, "accounts", command, "--group", "x", "--hashtag", "y", "--store", store)
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    assert "names nobody" in wrong(2, "accounts", command, "--list", empty, "--store", store)
    assert "cannot be read" in wrong(2, "accounts", command, "--list", tmp_path / "none", "--store", store)
    assert "no run" in wrong(1, "accounts", command, "--group", "abc-1", "--store", store)
    assert "nobody used" in wrong(1, "accounts", command, "--hashtag", "never", "--store", store)
    empty.write_text("sim:nobody")
    assert "no account" in wrong(2, "accounts", command, "--list", empty, "--store", store)


def test_sides_are_told_of_a_group_and_of_a_list(
    store: Path, groups: list[dict[str, Any]], members: list[set[str]], tmp_path: Path
) -> None:
    answer = json.loads(told("accounts", "sides", "--group", groups[0]["id"], "--json", "--store", store))
    own = {a["id"] for a in groups[0]["accounts"]}
    assert {row["role"] for row in answer} <= {"lifted", "named"}
    assert not own & {account for row in answer for account in row["ids"]}
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join(sorted(members[0] | members[1])))
    answer = json.loads(told("accounts", "sides", "--list", listed, "--json", "--store", store))
    assert sum(row["accounts"] for row in answer if row["side"] != "all sides") == len(members[0] | members[1])
    assert "--group ID, or --list" in wrong(2, "accounts", "sides", "--store", store)


def test_everybody_who_was_collected_is_there_to_be_held_against(store: Path) -> None:
    with closing(connect(StoreTarget(str(store)))) as graph:
        everybody = graph.read(queries.get("signals/everybody"))["account"]
        times = graph.read(queries.get("signals/times"), {"accounts": everybody.to_list()})
        since = graph.read(queries.get("overview/range"))
    assert len(everybody) == times["account"].n_unique()
    assert times.height == 7_000
    assert since.height
