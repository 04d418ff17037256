"""`campaign case --redact`: nobody outside the group is named, and the group keeps its words."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_analysis.results import Benign, Member, Target
from campaign_cypher import StoreTarget, connect, queries
from case_world import NAME, STRANGER, CaseWorld, Files, lines, posts_of, unpacked, words_in
from command import told
from report_example import RING, detection, groups

from campaign.case.redact import Redactor
from campaign.case.redacted import _Hide


@pytest.fixture(scope="module")
def store(case_world: CaseWorld) -> Path:
    return case_world.store


@pytest.fixture(scope="module")
def group(case_world: CaseWorld) -> dict[str, Any]:
    return case_world.group


@dataclass(frozen=True)
class Hashtag:
    """A run on one hashtag, whose report shows the texts of everybody, and the case of a group of it, redacted."""

    group: dict[str, Any]
    path: Path


@pytest.fixture(scope="module")
def hashtag(store: Path, group: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Hashtag:
    tag = group["hashtags"][0]["tag"]
    layers = ("--layer", "hashtag", "--layer", "retweet", "--layer", "mention", "--placebos", 0)
    answer = json.loads(told("detect", "--json", "--hashtag", tag, *layers, "--store", store))
    of_tag = next(g for g in answer["groups"] if g["claim"] == "campaign")
    path = tmp_path_factory.mktemp("redacted") / "case.zip"
    told("case", "make", of_tag["id"], "--redact", "--out", path, "--store", store)
    return Hashtag(of_tag, path)


def test_no_outsider_is_named_anywhere(store: Path, hashtag: Hashtag) -> None:
    inside = {a["id"] for a in hashtag.group["accounts"]}
    text = words_in(unpacked(hashtag.path))
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        everybody = graph.read(queries.get("accounts/everybody"))
    outside = everybody.filter(~pl.col("id").is_in(inside))
    assert outside.height > 900
    folded = text.casefold().replace(f"#{STRANGER}Day".casefold(), "")  # hashtags stay
    assert [h for h in outside["handle"].drop_nulls() if h.casefold() in folded] == []
    assert [i for i in outside["id"] if f'"{i}"' in text or f">{i}<" in text or f"{i}," in text] == []
    for gone in (NAME, "ludmila q ostrowska", "nobodyKnown", "AnotherPage", "stolen words", "sim:9 did", "status/12"):
        assert gone.casefold() not in folded
    known = json.loads(files_of(hashtag)["report.json"])["groups"][0]["accounts"]
    assert {a["handle"] for a in known} == {a["handle"] for a in hashtag.group["accounts"]}


def files_of(hashtag: Hashtag) -> Files:
    return unpacked(hashtag.path)


def test_no_outsiders_text_or_post_is_anywhere(store: Path, hashtag: Hashtag) -> None:
    inside = {a["id"] for a in hashtag.group["accounts"]}
    text = words_in(files_of(hashtag))
    known = posts_of(store)
    own = {p["text"] for p in known.values() if p["account"] in inside and p["kind"] != "retweet"}
    theirs = {p["text"] for p in known.values() if p["account"] not in inside} - own - {None}
    assert len(theirs) > 5000
    assert [t for t in theirs if len(t) > 12 and (t in text or json.dumps(t, ensure_ascii=False)[1:-1] in text)] == []
    posts = [key for key, post in known.items() if post["account"] not in inside]
    assert [key for key in posts if key.partition(":")[2] in text] == []
    assert "[outside text 1]" in text


def test_the_same_stranger_has_the_same_pseudonym_and_the_group_keeps_its_names(hashtag: Hashtag) -> None:
    files = files_of(hashtag)
    assert "Redacted" in files["READ-ME.txt"].decode()
    assert json.loads(files["case.json"])["redacted"] is True
    assert "redacted     yes" in told("case", "verify", hashtag.path)
    (loud,) = [p for p in lines(files["posts.jsonl"]) if p["text"].startswith("hi @")]
    (stranger,) = [m for m in loud["mentions"] if m.startswith("outsider") and f"@{m} and" in loud["text"]]
    assert f"{stranger} is {stranger};" in loud["text"]
    assert f"{stranger} did it" in loud["text"]
    assert "https://twitter.com/[outside] and t.me/[outside]" in loud["text"]
    (file,) = json.loads(files["sources.json"])["files"]
    assert (file["file"], len(file["sha256"])) == ("file-1", 64)
    said = next(p for p in lines(files["passed_on.jsonl"]) if p["account"] == stranger)
    assert said["text"].startswith("[outside text ")
    assert {p["account"] for p in lines(files["posts.jsonl"])} == {a["id"] for a in hashtag.group["accounts"]}


def test_a_redacted_case_is_repeatable_too(store: Path, hashtag: Hashtag, tmp_path: Path) -> None:
    told("case", hashtag.group["id"], "--redact", "--out", tmp_path / "again.zip", "--store", store)
    assert (tmp_path / "again.zip").read_bytes() == hashtag.path.read_bytes()


EVERYBODY = [
    ("x:1", "Alice", "Alice"),
    ("x:2", "Bobby", "Bob B. Builder"),
    ("x:3", "cy", None),
    ("x:@dora.bsky.social", "dora.bsky.social", "Dora Long Name"),
    ("x:4", "outsider", "one"),
    ("truth-social:507-", "Jane Roe-7", None),
    ("x:5", "राहुल", None),
    ("x:6", "José", None),
    ("x:7", "Ali Ames", None),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Alice and @BOBBY", "@Alice and @outsider-1"),
        ("@bobby, bobby's @Bobby.", "@outsider-1, outsider-1's @outsider-1."),
        ("cy @cy", "cy @outsider-1"),  # too short a handle to be taken for one where it is no mention
        ("bob b builder! Bob B.", "outsider-1! Bob B."),
        ("＠bobby and me@bobby.example", "＠outsider-1 and me@outsider-2"),
        ("@dora.bsky.social. dora.bsky.social", "@outsider-1. outsider-1"),
        (
            "https://x.com/alice/status/1 https://x.com/bobby/status/1",
            "https://x.com/alice/status/1 https://x.com/[outside]",
        ),
        ("https://news.example/bobby/1 #bobby", "https://news.example/outsider-1/1 #bobby"),
        ("x:2. x:1 note:bobby", "outsider-1. x:1 note:outsider-1"),
        ("RT @bobby: words", "[outside text 1]"),
        ("bobby! RT @alice: yes “RT @bobby: words", "outsider-1! RT @alice: yes “[outside text 1]"),
        ("RT @alice: words of bobby", "RT @alice: words of outsider-1"),
        ("outsider @unknown", "outsider-1 @outsider-2"),
        ("photo:@bobby via:@unknown x:@dora.bsky.social", "photo:@outsider-1 via:@outsider-2 outsider-3"),
        ("x:@dora.bsky.social is not x:@dora.bsky.socialist", "outsider-1 is not x:@outsider-2"),
        ("Jane  Roe-7, @jane roe-7's, Jane Roe 7", "outsider-1, @outsider-1's, Jane Roe 7"),
        ("truth-social:507- and truth-social:5077", "outsider-1 and truth-social:5077"),
        ("@राहुल #राहुलदिन @jose\u0301", "@outsider-1 #राहुलदिन @outsider-2"),
        ("RT @Ali Ames: mine. RT @Jane Roe-7: theirs", "RT @Ali Ames: mine. [outside text 1]"),
        ("https://facebook.com/jane.roe-7/posts/12", "https://facebook.com/[outside]"),
        ("", ""),
    ],
)
def test_what_becomes_of_the_groups_words(text: str, expected: str) -> None:
    members = [Member(id, "core", 1, 0.1, 0.1) for id in ("x:1", "x:7")]
    redactor = Redactor(members, ["Alice", "Ali Ames"], EVERYBODY, [])
    assert redactor.text(text) == expected


def test_our_own_words_are_left_alone() -> None:
    everybody = [("x:2", "pairs", "Odds Of Luck"), ("x:3", "campaign", None)]
    redactor = Redactor([Member("x:1", "core", 1, 0.1, 0.1)], ["alice"], everybody, [])
    assert redactor.labels("pairs of a campaign; odds of luck 1:2") == "pairs of a campaign; odds of luck 1:2"
    assert redactor.labels("posts of one account (@pairs, x:3)") == "posts of one account (@outsider-1, outsider-2)"
    assert redactor.labels("x:3") == "outsider-2"


def test_a_file_that_a_run_names_is_not_named() -> None:
    """Files have numbers in a redacted case: whose posts are in one may be its name."""
    found = detection(groups())
    one = "The load of bobby.csv was not finished: load it again."
    more = "The loads of bobby.csv, bobby\n2.csv and 9 more were not finished: load them again."
    for note in (one, more):
        named = replace(found, run=replace(found.run, notes=(note, "Other words.")))
        hidden = _Hide(Redactor([], [], EVERYBODY, []), RING, set()).detection(named)
        assert hidden.run.notes == ("The load of a file was not finished: load it again.", "Other words.")


def test_what_a_result_tells_of_texts_and_of_whom_a_group_names_is_redacted_too() -> None:
    """The commonest text of an innocent explanation is a post's words, and a target is mostly somebody outside."""
    ring = groups()[0]
    alike = Benign("A feed or a share button", "2 texts are alike", "there, but not enough", "ask bobby and @Bobby why")
    named = replace(ring, benign_against=(alike,), targets=(Target("x:2", 40, "Bobby", 20, 8),))
    redactor = Redactor(ring.accounts, [m.handle for m in ring.accounts if m.handle], EVERYBODY, [])
    (told_of,) = _Hide(redactor, RING, set()).detection(detection((named,))).groups
    (explanation,), (target,) = told_of.benign_against, told_of.targets
    assert explanation.text == "ask outsider-1 and @outsider-1 why"
    assert target == Target("outsider-1", 40, "outsider-1", 20, 8)
    assert told_of.hashtags == ring.hashtags
