"""How a group is checked by reading: which commands, which account first, and that owners are to be asked."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from campaign_analysis.evidence import episodes
from campaign_analysis.results import EDGE_SCHEMA, Detection, Group
from campaign_analysis.sessions import Scale
from report_example import detection, groups

from campaign.account_words import standings
from campaign.check_words import COUNTED, Step, check_steps, stretches
from campaign.words import NOT_ASKED

_, RING = groups()


def steps(group: Group, given: Detection) -> dict[str, Step]:
    return {step.what: step for step in check_steps(group, standings(group, given.edges))}


def test_the_first_command_shows_the_pair_that_is_said_to_be_linked() -> None:
    group, given = RING, detection()
    pair = next(test for test in group.why if test.joined)
    told = steps(group, given)
    first, second = told["Open the posts"].commands
    assert shlex.split(first) == ["campaign", "show", group.id, "--pair", pair.a, pair.b, "--layer", pair.layer]
    assert shlex.split(second) == ["campaign", "case", group.id, "--out", "case.zip"]
    assert f"must list {pair.n} meetings" in told["Compare the times"].how


def test_an_id_that_is_a_command_stays_an_id() -> None:
    group = RING
    pair = replace(next(test for test in group.why if test.joined), a="x:1; rm -rf $HOME")
    first = steps(replace(group, why=(pair,)), detection())["Open the posts"].commands[0]
    assert shlex.split(first)[4] == "x:1; rm -rf $HOME"
    assert "'x:1; rm -rf $HOME'" in first


def test_a_pair_that_met_often_is_listed_whole() -> None:
    pair = replace(next(test for test in RING.why if test.joined), n=51)
    first = steps(replace(RING, why=(pair,)), detection())["Open the posts"].commands[0]
    assert shlex.split(first)[-2:] == ["--limit", "51"]


def test_the_account_that_rests_on_least_is_named_with_what_it_rests_on() -> None:
    group, given = RING, detection()
    core = [m for m in group.accounts if m.role == "core"]
    q = {
        m.id: given.edges.filter((pl.col("a") == m.id) | (pl.col("b") == m.id), claim="in step")["q"].min()
        for m in core
    }
    told = steps(group, given)["Begin with the weakest"].how
    named = [m for m in core if told.startswith(f"@{m.handle} rests on least: in step with ")]
    assert len(named) == 1
    assert q[named[0].id] == max(q.values())  # type: ignore[type-var]


def test_the_weakest_is_told_its_odds_whole() -> None:
    """1 in 9,300 was cut at its comma and stood there as 1 in 9."""
    given = detection().edges.with_columns(q=pl.lit(1 / 9300))
    told = check_steps(RING, standings(RING, given))
    (weakest,) = [step.how for step in told if step.what == "Begin with the weakest"]
    assert ", odds of luck 1 in 9,300." in weakest


def test_a_weakest_account_with_one_partner_is_told_so() -> None:
    core = [m.id for m in RING.accounts if m.role == "core"][:2]
    one = detection().edges.filter(pl.col("a").is_in(core), pl.col("b").is_in(core), claim="in step")
    (weakest,) = [s.how for s in check_steps(RING, standings(RING, one)) if s.what == "Begin with the weakest"]
    assert "in step with one of the others alone, odds" in weakest


def test_without_pairs_nothing_is_made_up() -> None:
    group = replace(RING, why=())
    told = steps(group, replace(detection(), edges=pl.DataFrame(schema=EDGE_SCHEMA)))
    assert "Begin with the weakest" not in told
    assert "Compare the times" not in told
    assert told["Open the posts"].commands[0] == f"campaign show {group.id} --pair A B"


def test_owners_are_to_be_asked_of_every_group() -> None:
    for group in groups():
        assert check_steps(group, standings(group, detection().edges))[-1].how == NOT_ASKED


@pytest.mark.parametrize(
    ("block", "example"),
    [(240, " (12:00 to 12:04, … UTC)"), (86_400, " (00:00 to 24:00, … UTC)"), (420, ""), (90, ""), (172_800, "")],
)
def test_how_to_count_as_the_tool_does_is_said(block: int, example: str) -> None:
    pair = replace(next(test for test in RING.why if test.joined), block=block)
    told = steps(replace(RING, why=(pair,)), detection())["Compare the times"].how
    assert f"Stretches are fixed on the clock{example}. {COUNTED}" in told


def test_the_documentation_says_how_meetings_are_counted() -> None:
    page = (Path(__file__).parents[1] / "docs" / "reading.md").read_text(encoding="utf-8")
    assert stretches(7200) in " ".join(page.split())


@pytest.mark.parametrize(
    ("a", "b", "meetings"),
    [
        ([130], [170], 1),  # within one stretch
        ([220], [260], 0),  # forty seconds apart, with an edge at four minutes between them
        ([60, 110], [160], 0),  # the second is a repeat of the first, which is too far from the other's
        ([60, 125], [160], 1),  # no repeat: more than a minute later
    ],
)
def test_what_is_said_of_counting_is_what_the_run_does(a: list[int], b: list[int], meetings: int) -> None:
    rows = [("a", "x", t * 1000) for t in a] + [("b", "x", t * 1000) for t in b]
    acts = pl.DataFrame(rows, schema=["account", "object", "time"], orient="row")
    assert episodes(acts, "a", "b", Scale(60, 240)).height == meetings
