"""`campaign show GROUP --pair A B` of two that are not linked: how often they met, and why that is not enough."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_analysis import layers
from campaign_analysis.results import EDGE_SCHEMA, Detection, Group
from campaign_analysis.sessions import Scale
from campaign_cypher import StoreTarget, connect
from campaign_loader import load
from command import Corpus, campaign, refused, told
from found import Found

from campaign.evidence import Evidence
from campaign.layer_words import behaviour
from campaign.not_linked import Met, NotLinked, _met
from campaign.not_linked_words import not_linked_paragraphs
from campaign.pair_words import number_of
from campaign.reporting.json_result import from_json
from campaign.request import Request

Pair = tuple[str, str]


@pytest.fixture(scope="module")
def store(asked_all: Found, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked_all.copy(tmp_path_factory.mktemp("whynot"))


@pytest.fixture(scope="module")
def answer(asked_all: Found) -> dict[str, Any]:
    return asked_all.answer


@pytest.fixture(scope="module")
def detection(answer: dict[str, Any]) -> Detection:
    return from_json(json.dumps(answer))


@pytest.fixture(scope="module")
def apart(detection: Detection) -> tuple[Group, Group]:
    """Two groups of the run."""
    first, second, *_ = detection.groups
    return first, second


def test_a_near_miss_is_told_with_the_numbers_of_the_run_and_its_meetings(store: Path, detection: Detection) -> None:
    group, miss = next((g, t) for g in detection.groups for t in g.why if not (t.joined or t.together_only) and t.n > 1)
    asked = ("show", group.id, "--pair", miss.a, miss.b, "--layer", miss.layer, "--store", store)
    said = told(*asked)
    members = {m.id for m in group.accounts}
    assert "not linked. " in said
    assert "is in no group of this run." in said or "is in another group of this run" in said
    assert f"By {behaviour(miss.layer)}: They met {miss.n} times, where luck explains about " in said
    assert " meetings are to be expected anyway" in said
    assert f"{miss.n}. " in said.split("Hence these two are not linked")[1]
    assert len({miss.a, miss.b} & members) == 1
    done = campaign(*asked, "--json")
    rows = json.loads(done.out)
    assert (done.code, len(rows)) == (0, miss.n)
    assert {(r["a"], r["b"], r["layer"]) for r in rows} == {(miss.a, miss.b, miss.layer)}
    assert f"They met {miss.n} times, " in done.err


def test_an_account_of_another_group_is_said_to_be_there(store: Path, apart: tuple[Group, Group]) -> None:
    one, other = apart
    said = told("show", one.id, "--pair", one.accounts[0].id, other.accounts[0].id, "--store", store)
    assert f"@{one.accounts[0].handle} is in this group." in said
    assert f"@{other.accounts[0].handle} is in another group of this run: {other.id} (" in said


def test_neither_need_be_in_the_group(store: Path, apart: tuple[Group, Group]) -> None:
    one, other = apart
    first, second = (m.handle for m in other.accounts[:2])
    said = campaign("show", one.id, "--pair", f"@{first}", str(second).upper(), "--store", store)
    assert said.code == 0
    assert f"Both are in another group of this run: {other.id} (" in said.out


def test_two_who_never_met_are_told_so(store: Path, detection: Detection, corpus: Corpus) -> None:
    members = {m.id for g in detection.groups for m in g.accounts}
    posts = pl.read_parquet(corpus.posts).filter(pl.col("hashtags") != "").sort("created_at")
    first, last = (f"sim:{posts['account_id'][at]}" for at in (0, -1))
    group = detection.groups[0]
    stranger = first if first not in members else last
    assert stranger not in members
    done = campaign("show", group.id, "--pair", group.accounts[0].id, stranger, "--layer", "url", "--store", store)
    assert done.code == 0
    assert "is in no group of this run." in done.out
    assert "They never met. To meet is to act on the same thing at nearly the same time" in done.out


def test_members_that_are_not_linked_are_there_through_others(store: Path, answer: dict[str, Any]) -> None:
    joined = {frozenset((e["a"], e["b"])) for e in answer["edges"]}
    group, pair = next(
        (g, (a["id"], b["id"]))
        for g in answer["groups"]
        for a in g["accounts"]
        for b in g["accounts"]
        if a["id"] < b["id"] and frozenset((a["id"], b["id"])) not in joined
    )
    said = told("show", group["id"], "--pair", *pair, "--store", store)
    assert "Both are in this group, each through others: " in said
    assert "Not every two of a group are linked." in said


def test_where_all_behaviours_ask_more_of_a_pair_it_is_told_their_numbers(store: Path, detection: Detection) -> None:
    every = sum(detection.tested_pairs.values())
    group, miss = next((g, t) for g in detection.groups for t in g.why if t.together_only and t.tests == every)
    said = told("show", group.id, "--pair", miss.a, miss.b, "--layer", miss.layer, "--store", store)
    in_step = said.split("In step: no (")[1]
    brought = f"luck brings {number_of(miss)} to a search like this one"
    assert f"counting all behaviours, {brought}: too many, for it found {miss.listed} pairs in step" in in_step


def test_who_did_not_use_the_hashtag_was_not_asked_about(store: Path, detection: Detection, corpus: Corpus) -> None:
    used = pl.read_parquet(corpus.posts).with_columns(tags=pl.col("hashtags").str.to_lowercase().str.split(" "))
    tag = detection.groups[0].hashtags[0].tag
    users = {f"sim:{a}" for a in used.filter(pl.col("tags").list.contains(tag))["account_id"]}
    run = json.loads(told("detect", "--hashtag", tag, "--json", "--store", store))
    group = run["groups"][0]
    stranger = next(f"sim:{a}" for a in used["account_id"] if f"sim:{a}" not in users)
    said = told("show", group["id"], "--pair", group["accounts"][0]["id"], stranger, "--store", store)
    assert f"This run asked about #{tag}" in said
    assert "So this pair was never tested." in said
    assert "Hence these" not in said


def test_a_pair_linked_by_another_behaviour_is_not_called_unlinked(store: Path, answer: dict[str, Any]) -> None:
    edge = next(e for e in answer["edges"] if e["layer"] == "hashtag")
    ids = {edge["a"], edge["b"]}
    group = next(g for g in answer["groups"] if ids <= {a["id"] for a in g["accounts"]})
    said = told("show", group["id"], "--pair", *sorted(ids), "--layer", "quote", "--store", store)
    assert "linked by the same hashtag" in said
    assert "but not by quotes of the same post." in said
    assert ": not linked." not in said


def test_two_who_are_linked_across_groups_are_told_why_they_are_parted(
    store: Path, answer: dict[str, Any], detection: Detection, apart: tuple[Group, Group]
) -> None:
    from campaign.progress import saying
    from campaign.show_pair import of_pair

    pair = tuple(sorted((apart[0].accounts[0].id, apart[1].accounts[0].id)))
    edge = next(e for e in answer["edges"] if e["layer"] == "hashtag") | {"a": pair[0], "b": pair[1]}
    crossed = replace(detection, edges=pl.DataFrame([edge], schema=EDGE_SCHEMA))
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph, saying(quiet=True) as say:
        shown = of_pair(graph, crossed, apart[0], pair, "", say)
    linked, said, *_ = shown.paragraphs
    assert ": linked, " in linked
    assert f"is in another group of this run: {apart[1].id}" in said
    assert "They are linked, but not in one group" in said


def test_a_layer_that_the_run_did_not_look_at_is_one_line(store: Path, detection: Detection) -> None:
    run = json.loads(told("detect", "--layer", "hashtag", "--json", "--store", store))
    group = run["groups"][0]
    pair = [a["id"] for a in group["accounts"][:2]]
    done = refused("show", group["id"], "--pair", *pair, "--layer", "url", "--store", store)
    assert "this run did not look at layer url: it looked at hashtag" in done.err
    assert done.code == 2


def test_posts_that_came_in_after_the_run_are_said(corpus: Corpus, tmp_path: Path) -> None:
    own = corpus.copy(tmp_path)
    found = from_json(told("detect", "--layer", "hashtag", "--json", "--store", own))
    group, miss = next((g, t) for g in found.groups for t in g.why if not (t.joined or t.together_only) and t.n > 1)
    asked = ("show", group.id, "--pair", miss.a, miss.b, "--store", own)
    assert "holds other posts" not in told(*asked)
    (tmp_path / "later.csv").write_text("user_id,created_at,text\nlate,2024-03-05T20:00:00,hello #late\n")
    told("load", tmp_path / "later.csv", "--store", own)
    assert "The store holds other posts of that time now than when this run was made" in told(*asked)


def test_meetings_in_talk_are_counted_beside_those_that_count(tmp_path: Path) -> None:
    """Two who name each other talk: that both name a third in it is no meeting."""
    said = [
        (who, f"2020-01-0{day}T10:00:0{second}", f"@{other} what does @carol say")
        for day in (1, 2)
        for second, (who, other) in enumerate([("ann", "bob"), ("bob", "ann")])
    ] + [(who, f"2020-01-05T10:00:0{second}", "hear @carol") for second, who in enumerate(("ann", "bob"))]
    pl.DataFrame(said, schema=["username", "created_at", "text"], orient="row").write_csv(tmp_path / "posts.csv")
    with closing(connect(StoreTarget(str(tmp_path / "s.lbug")))) as graph:
        graph.apply_schema()
        load([str(tmp_path / "posts.csv")], graph)
        names = ["other:@ann", "other:@bob"]
        edge = {"layer": "mention", "a": names[0], "b": names[1], "window": 60, "block": 1800}
        known = Evidence(graph, names, Request())
        assert known.episodes(edge).height == 1
        assert known.uncounted(edge) == 2
        assert known.uncounted(edge | {"layer": "retweet"}) == 0


def said_of(met: Met, detection: Detection) -> str:
    group = detection.groups[0]
    a, b = group.accounts[0].id, "x:1"
    found = NotLinked(a, b, (), (met,), changed=False, meetings=pl.DataFrame())
    return "\n".join(not_linked_paragraphs(found, detection, group, (), {a: "@ann", b: "@bob"}))


def test_one_meeting_is_told_to_be_too_few(detection: Detection) -> None:
    said = said_of(Met("hashtag", Scale(60, 240), 1), detection)
    assert (
        "By the same hashtag: They met once. A meeting: both used the same hashtag at most 1 minute apart. One" in said
    )
    assert "One meeting is never enough" in said


def test_meetings_that_are_only_loose_are_told_to_be_so(detection: Detection) -> None:
    said = said_of(Met("hashtag", Scale(60, 240), 0, loosely=(Scale(300, 14_400), 5)), detection)
    assert (
        "By the same hashtag: They never met so that it counts; a meeting: both used the same hashtag at most 1 minute"
        in said
    )
    assert "Counted up to 5 minutes apart (once in a stretch of 4 hours) they met 5 times." in said
    assert "links only two who are in step by it" in said


def test_posts_that_do_not_count_are_said(detection: Detection) -> None:
    said = said_of(Met("mention", Scale(60, 240), 0, uncounted=3), detection)
    assert "3 more meetings are not counted here: " in said
    assert "answer each other" in said


def test_who_never_acted_so_is_named(detection: Detection) -> None:
    said = said_of(Met("url", Scale(60, 240), 0, idle=("x:1",)), detection)
    assert "@bob has none of these in the time of this run: own posts with the whole address of a link." in said


def test_whose_texts_nobody_repeats_is_not_said_to_have_written_none(detection: Detection) -> None:
    said = said_of(Met("text", Scale(60, 1800), 0, idle=("x:1",)), detection)
    assert "own posts that nearly repeat somebody else's text (of 5 words or more)." in said


def test_whose_posts_do_not_count_is_not_said_to_have_none(detection: Detection) -> None:
    said = said_of(Met("hashtag", Scale(60, 240), 0, left_out=("x:1",)), detection)
    assert "@bob has none" not in said
    assert "Both have" not in said
    assert "All that @bob has of these does not count: own posts with a hashtag. They are posts with a link" in said


def test_two_meetings_are_twice_also_where_they_were_not_tested(detection: Detection) -> None:
    said = said_of(Met("hashtag", Scale(60, 7200), 2), detection)
    assert "They met twice." in said
    assert "within a stretch of 2 hours, it counts once." in said  # nothing was tried: no odds allow for others


def test_sentences_hold_no_name_of_the_files(detection: Detection) -> None:
    every = [layer for layer in layers.every() if "_" in layer]
    assert every
    for layer in every:
        for met in (Met(layer, Scale(60, 240), 0), Met(layer, Scale(60, 240), 1)):
            assert layer not in said_of(met, detection)


def world(tmp_path: Path, posts: list[tuple[str, str, str]], said: Callable[[Evidence], Any]) -> Any:
    """What is said of these posts (who, when, text) in a store of their own."""
    pl.DataFrame(posts, schema=["username", "created_at", "text"], orient="row").write_csv(tmp_path / "posts.csv")
    with closing(connect(StoreTarget(str(tmp_path / "s.lbug")))) as graph:
        graph.apply_schema()
        load([str(tmp_path / "posts.csv")], graph)
        return said(Evidence(graph, ["other:@ann", "other:@bob"], Request()))


def test_who_acted_only_by_posts_that_do_not_count_is_told_from_who_did_not_act(tmp_path: Path) -> None:
    """Both of ann's tags stand beside a link that carl posted too; bob has no tag."""
    link = "https://site.example/one"
    posts = [
        ("ann", "2020-01-01T10:00:00", f"see #tag {link}"),
        ("carl", "2020-01-02T10:00:00", f"see {link}"),
        ("bob", "2020-01-01T10:00:00", "nothing"),
    ]
    pair = ("other:@ann", "other:@bob")
    met = world(tmp_path, posts, lambda known: _met(known, "hashtag", (Scale(60, 240),), pair))
    assert (met.idle, met.left_out) == (("other:@bob",), ("other:@ann",))


def test_who_met_once_met_at_the_widest_scale(tmp_path: Path) -> None:
    """Nothing was tested, so that no scale says more than another (the report's rule too)."""
    posts = [(who, f"2020-01-01T10:00:0{second}", "hear #tag") for second, who in enumerate(("ann", "bob"))]
    scales, pair = (Scale(60, 240), Scale(60, 7200), Scale(600, 7200)), ("other:@ann", "other:@bob")
    met = world(tmp_path, posts, lambda known: _met(known, "hashtag", scales, pair))
    assert (met.n, met.scale) == (1, Scale(600, 7200))
