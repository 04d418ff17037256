"""`campaign demo` end to end: the rings are found, nobody innocent is accused, and a second demo replaces the first."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from campaign_cypher import StoreTarget, connect
from typer.testing import CliRunner

from campaign.cli import app
from campaign.reporting.first_hour import met_most_on
from campaign.reporting.json_result import from_json

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "EarnestDaisy"


def demo(out: Path, seed: int) -> list[str]:
    result = CliRunner().invoke(app, ["demo", "--out", str(out), "--seed", str(seed)])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Two demos into one folder; what the second one printed."""
    out = tmp_path_factory.mktemp("demo")
    demo(out, 2)
    return out, demo(out, 1)


def test_the_rings_are_found_and_nobody_innocent_is_accused(told: tuple[Path, list[str]]) -> None:
    lines = told[1]
    assert lines[0] in {f"Planted rings found as campaigns: {n} of 4" for n in (3, 4)}
    assert "  ring-0: 25 of 25 accounts named in a core" in lines
    assert "Accounts named in a core that belong to no ring: 0" in lines
    assert any(line.startswith("Innocent groups of kind chat: 2;") and "called campaigns 0" in line for line in lines)


def test_it_says_where_to_look_and_there_it_is(told: tuple[Path, list[str]]) -> None:
    out, lines = told
    assert f"Look at {out / 'report.html'}; its numbers are in {out / 'report.json'}" in lines
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    result = json.loads((out / "report.json").read_text(encoding="utf-8"))
    show = f"campaign show {result['groups'][0]['id']} --store {out / 'demo.lbug'}"
    assert lines[-1].endswith(show)
    assert (out / "truth.csv").exists()


def test_the_hashtag_of_the_examples_is_in_its_data_and_pushed_there(told: tuple[Path, list[str]]) -> None:
    assert f"--hashtag {EXAMPLE} " in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    groups = json.loads((told[0] / "report.json").read_text(encoding="utf-8"))["groups"]
    pushed = {h["tag"] for g in groups if g["claim"] == "campaign" for h in g["hashtags"]}
    assert EXAMPLE.lower() in pushed


def test_groups_are_told_by_the_hashtags_that_they_met_on_and_by_meetings_of_linked_pairs(
    told: tuple[Path, list[str]],
) -> None:
    """Hashtags that everybody uses headed the groups, and two accounts that are not linked began a weekly chat."""
    result = from_json((told[0] / "report.json").read_text(encoding="utf-8"))
    everybodys = {"velvetotter", "plaideasel", "inkyblanket"}
    for group in result.groups:
        meetings = [tag.meetings or 0 for tag in group.hashtags]
        assert meetings == sorted(meetings, reverse=True)
        assert group.hashtags[0].tag == met_most_on(group) and meetings[0] > 0
        assert group.hashtags[0].tag not in everybodys
        assert group.first and group.last
        chat = group.claim == "gathering"
        assert not chat or {group.first.weekday(), group.last.weekday()} in ({1}, {2})  # the two weekly chats
    page = (told[0] / "report.html").read_text(encoding="utf-8")
    assert "They met on: " in page and "also used: " in page


def test_a_second_demo_replaces_the_first(told: tuple[Path, list[str]]) -> None:
    with closing(connect(StoreTarget(str(told[0] / "demo.lbug"), read_only=True))) as store:
        counts = store.counts()
    assert counts["Post"] == counts["POSTED"] == 30_000
    assert counts["Run"] == 1
