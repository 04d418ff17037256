"""Accounts that joined a core, told from end to end: JSON, CSV, graph, words, report, and the posts behind it."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from campaign_analysis.detect import Found, detect
from campaign_analysis.results import Detection, Group, Joined, Member
from campaign_analysis.stability import stable
from campaign_analysis.why import explained
from campaign_cypher import StoreTarget, connect, queries
from command import campaign, told
from joining_world import joining_csv, joining_input
from report_example import CORE, RING, detection, groups, report_data
from test_report_page import Page

from campaign import words
from campaign.honest_words import group_sentences
from campaign.joined_words import clearest, joined_sentences, other_number
from campaign.reporting.csv_result import to_csv
from campaign.reporting.json_result import from_json, to_json
from campaign.reporting.page import render

JOINED = Joined("hashtag", 60, 1800, 7, 0.14, 2e-9, 4e-3)
CLUB, WHOLE_RING = groups()
LAST = CORE[-2:]  # the example's core of ten: eight by pairs, and these


def with_joined() -> tuple[Group, Group]:
    """The example's groups; two of the core have joined, and the first of these has no pair."""
    accounts = tuple(replace(m, joined=JOINED) if m.id in LAST else m for m in WHOLE_RING.accounts)
    return CLUB, replace(WHOLE_RING, accounts=accounts)


def joined_detection() -> Detection:
    given = detection(with_joined())
    alone = given.edges.filter((given.edges["a"] != LAST[0]) & (given.edges["b"] != LAST[0]))
    return replace(given, edges=alone)


@pytest.fixture(scope="module")
def found() -> Found:
    return detect([joining_input()])


def joined_of(group: Group) -> list[Member]:
    return [m for m in group.accounts if m.joined]


def without_pair(found: Found) -> set[str]:
    paired = {*found.edges["a"], *found.edges["b"]}
    return {m.id for g in found.groups for m in joined_of(g)} - paired


def test_the_world_has_accounts_in_the_core_that_no_pair_brought_in(found: Found) -> None:
    assert len(without_pair(found)) >= 3
    assert not any(m.id.startswith("c") for g in found.groups for m in g.accounts)


def test_who_is_in_the_core_by_pairs_has_not_joined(found: Found) -> None:
    in_step = found.edges.filter(claim="in step")
    core = {m.id for g in found.groups for m in g.accounts if m.role == "core" and not m.joined}
    assert core <= {*in_step["a"], *in_step["b"]}
    assert not {m.id for g in found.groups for m in joined_of(g)} & core


def test_json_keeps_how_an_account_joined_and_reads_results_without_it() -> None:
    given = joined_detection()
    written = json.loads(to_json(given))
    accounts = written["groups"][1]["accounts"]
    assert [a["id"] for a in accounts if a["joined"]] == LAST
    assert accounts[9]["joined"] == {
        "layer": "hashtag", "window": 60, "block": 1800, "n": 7, "expected": 0.14, "p": 2e-9, "q": 4e-3,
    }  # fmt: skip
    assert from_json(to_json(given)).groups == given.groups
    for group in written["groups"]:
        for account in group["accounts"]:
            del account["joined"]
    assert from_json(json.dumps(written)).groups == groups()


def test_csv_has_the_numbers_of_joining_and_blanks_for_others() -> None:
    rows = {r["account"]: r for r in csv.DictReader(io.StringIO(to_csv(joined_detection())))}
    names = ("joined_layer", "joined_n", "joined_expected", "joined_q")
    assert [rows[LAST[0]][name] for name in names] == ["hashtag", "7", "0.14", "0.004"]
    assert [rows[CORE[0]][name] for name in names] == [""] * 4


def test_a_group_says_how_many_of_its_core_are_there_by_pairs() -> None:
    assert words.claim_sentence(with_joined()[1]) == (
        "A core of 10 accounts: 8 in step by pairs, and 2 added, present at the core's meetings more often than chance "
        "explains; 14 accounts beside it, together with others of the group, not in step."
    )
    assert words.added_count(WHOLE_RING) == ""


def test_roles_and_clauses() -> None:
    roles = {m.id: words.role_of(m) for m in with_joined()[1].accounts}
    assert (roles[CORE[0]], roles[LAST[0]], roles[RING[-1]]) == ("core, in step", "core, added", "together")
    assert words.joined_clause(JOINED) == "present at 7 of the core's meetings, where luck explains 0.14"


def test_joining_is_explained_without_statistics() -> None:
    said = " ".join(joined_sentences(JOINED))
    assert said.startswith("It was present at 7 of the core's meetings, where luck explains 0.14.")
    assert "it acted (original posts with the same hashtag) at most 1 minute from two accounts of the core" in said
    assert "within a stretch of 30 minutes, it counts once" in said
    assert "Of such accounts only one in 500 million would be present at 7 or more by luck." in said
    assert "about 1 in 250 is expected to be there by luck" in said


def test_another_number_of_moments_is_explained_and_the_same_is_not() -> None:
    assert other_number(JOINED, 7) == []
    assert "Listed are 9: the run counted 7" in other_number(JOINED, 9)[0]


def test_the_clearest_is_the_least_likely_one() -> None:
    group = with_joined()[1]
    better = replace(JOINED, p=1e-12)
    accounts = tuple(replace(m, joined=better) if m.id == LAST[1] else m for m in group.accounts)
    clear = clearest(replace(group, accounts=accounts))
    assert clear is not None
    assert (clear[0].id, clear[1]) == (LAST[1], better)
    assert clearest(CLUB) is None


def test_the_report_says_who_joined_and_claims_no_pair_for_them() -> None:
    page = Page(render(report_data(detection=joined_detection())))
    assert "A core of 10 accounts: 8 in step by pairs, and 2 added" in page.text
    assert "Why this account was added to the core" in page.text
    assert (
        page.text.count("present at 7 of the core's meetings, where luck explains 0.14") == 3
    )  # two rows, one explained
    assert f"Its posts beside the core's: campaign show {WHOLE_RING.id} --account {LAST[0]}" in page.text
    assert "Without a line: 1 account added for being present at the core's meetings, with no linked pair." in page.text
    (row,) = [t for t in page.texts["tr"] if f"Name of ring{LAST[0][-3:]}" in t]
    assert "core, added" in row
    assert row.strip().endswith(" 0 1 in 250, added 0 – 7 0.14")  # no partner; the odds are those of its adding


def test_a_report_without_any_pair_test_still_explains_who_joined() -> None:
    club, ring = with_joined()
    page = Page(render(report_data(detection=detection((club, replace(ring, why=()))))))
    assert "Why this account was added to the core" in page.text
    assert "Why this pair is in" not in page.text


def test_who_joined_has_no_stability_of_its_own(found: Found) -> None:
    for group in stable(found.groups, found.edges, "louvain", 1, 5):
        assert all((m.stability is None) == (m.joined is not None) for m in group.accounts)
        own = [m.stability for m in group.accounts if m.stability is not None]
        assert group.stability == pytest.approx(sum(own) / len(own))
    ring = with_joined()[1]
    loose = tuple(replace(m, stability=None if m.joined else 0.5) for m in ring.accounts)
    said = " ".join(group_sentences(replace(ring, stability=0.5, accounts=loose)))
    assert "22 accounts of 24 often land in another group" in said


def test_the_pairs_that_are_explained_are_pairs(found: Found) -> None:
    pairs = {tuple(row) for row in found.edges.select("a", "b").iter_rows()}
    for group in explained(found, [joining_input()]).groups:
        strongest, *others = group.why
        assert (strongest.a, strongest.b) in pairs
        assert all(((other.a, other.b) in pairs) == other.together_only for other in others)
        assert not {w for test in others for w in (test.a, test.b)} & without_pair(found)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("joining")
    (folder / "posts.csv").write_text(joining_csv(), encoding="utf-8")
    told("load", "--quiet", folder / "posts.csv", "--store", folder / "own.lbug")
    return folder / "own.lbug"


@pytest.fixture(scope="module")
def answer(store: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told("detect", "--json", "--store", store))
    return found


def accounts_that_joined(answer: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(g["id"], a) for g in answer["groups"] for a in g["accounts"] if a["joined"]]


def shown(store: Path, group: str, *arguments: object) -> list[dict[str, str]]:
    text = told("show", group, *arguments, "--format", "csv", "--store", store)
    return list(csv.DictReader(io.StringIO(text)))


def test_a_run_over_a_store_has_them_and_the_graph_knows(store: Path, answer: dict[str, Any]) -> None:
    joined = accounts_that_joined(answer)
    assert len(joined) >= 3
    assert {a["role"] for _, a in joined} == {"core"}
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        rows = graph.read(queries.get("runs/members"), {"run": answer["run"]["id"]}).to_dicts()
    kept = {(r["group"], r["account"]): (r["joined_layer"], r["joined_n"], r["joined_expected"]) for r in rows}
    for group in answer["groups"]:
        for account in group["accounts"]:
            j = account["joined"]
            expected = (j["layer"], j["n"], j["expected"]) if j else (None, None, None)
            assert kept[group["id"], account["id"]] == expected


def test_the_posts_of_who_joined_are_as_many_moments_as_were_counted(store: Path, answer: dict[str, Any]) -> None:
    same = 0
    joined = accounts_that_joined(answer)
    for group, account in joined:
        rows = shown(store, group, "--account", account["id"])
        assert len(rows) >= account["joined"]["n"]  # who joined later adds moments
        same += len(rows) == account["joined"]["n"]
    assert same >= len(joined) / 2


def test_each_moment_has_three_posts_on_one_object_within_the_window(store: Path, answer: dict[str, Any]) -> None:
    group, account = accounts_that_joined(answer)[0]
    core = {a["id"] for g in answer["groups"] for a in g["accounts"] if g["id"] == group and a["role"] == "core"}
    cells = set()
    for row in shown(store, group, "--account", account["id"]):
        assert row["account"] == account["id"]
        assert row["a"] != row["b"]
        assert {row["a"], row["b"]} <= core - {account["id"]}
        times = [datetime.fromisoformat(row[name]).timestamp() for name in ("time", "a_time", "b_time")]
        assert all(abs(times[0] - t) <= account["joined"]["window"] for t in times)
        assert all(f"#{row['object']}" in row[name] for name in ("text", "a_text", "b_text"))
        assert len({row["post"], row["a_post"], row["b_post"]}) == 3
        cells.add((row["object"], times[0] // account["joined"]["block"]))
    assert len(cells) == len(shown(store, group, "--account", account["id"]))


def test_show_says_how_it_joined_and_points_there_from_a_pair(store: Path, answer: dict[str, Any]) -> None:
    edges = {(e["a"], e["b"]) for e in answer["edges"]}
    joined = accounts_that_joined(answer)
    group, account = joined[0]
    done = campaign("show", group, "--account", account["id"], "--format", "json", "--store", store)
    assert done.code == 0
    assert f"present at {account['joined']['n']} of the core's meetings" in done.err
    assert len(json.loads(done.out)) >= account["joined"]["n"]
    a, b = next(
        (x["id"], y["id"])
        for g, x in joined
        for h, y in joined
        if g == h == group and x["id"] < y["id"] and (x["id"], y["id"]) not in edges
    )
    done = campaign("show", group, "--pair", a, b, "--format", "json", "--store", store)
    assert done.code == 0
    assert {(row["a"], row["b"]) for row in json.loads(done.out)} <= {(a, b)}  # such as do not link them
    assert "not linked. Both are in this group, each through others: " in done.err
    assert "was added to the core, present at " in done.err
    assert f"campaign show {group} --account {a}" in done.err


def test_the_group_is_shown_with_who_joined(store: Path, answer: dict[str, Any]) -> None:
    group, account = accounts_that_joined(answer)[0]
    rows = {r["account"]: r for r in shown(store, group)}
    assert rows[account["id"]]["joined_n"] == str(account["joined"]["n"])
    table = told("show", group, "--store", store)
    assert "added to the core. It was present at" in table


def test_the_terminal_and_the_report_say_it(store: Path, answer: dict[str, Any], tmp_path: Path) -> None:
    group = next(g for g in answer["groups"] if any(a["joined"] for a in g["accounts"]))
    joined = sum(a["joined"] is not None for a in group["accounts"])
    table = " ".join(told("detect", "--store", store, "--out", tmp_path / "found.html").split())
    assert f"core of {group['core']} accounts: {group['core'] - joined} in step by pairs, and {joined} added" in table
    assert "Why this account was added to the core" in (tmp_path / "found.html").read_text(encoding="utf-8")
