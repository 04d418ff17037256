"""What reviewers found wrong in loading: each once lost or made up something that a finding may rest on."""

from __future__ import annotations

import json
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect, queries
from campaign_loader import LoadError, ReadOptions, load
from campaign_loader.profile_columns import IMPOSSIBLE
from campaign_loader.rejects import RejectFile
from campaign_loader.tables import REJECTED
from campaign_loader.x_web_objects import response
from loading import pairs, read, write

from campaign.asking import account_ids, account_of
from campaign.handles import Handles
from campaign.inputs import read_inputs
from campaign.request import Request

TALKS = {("other:1", "other:2"), ("other:2", "other:1")}
HEAD = "id,user_id,screen_name,created_at,text\n"
ANNA = "11,1,Anna,2024-03-04 10:00:00,@Bob look #tag\n"
BOB = "12,2,bob,2024-03-04 10:01:00,@ANNA yes #tag\n"


def talks(store: Path) -> set[tuple[object, ...]]:
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        (hashtags,) = read_inputs(graph, Request(layers=("hashtag",)), lambda _: None)
        assert hashtags.talks is not None
        return pairs(hashtags.talks, "account", "other")


def mentions(store: Path) -> int:
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        (layer,) = read_inputs(graph, Request(layers=("mention",)), lambda _: None)
        return layer.events.height


def load_into(store: Path, *files: Path) -> None:
    with closing(connect(StoreTarget(str(store)))) as graph:
        load(map(str, files), graph)


def test_two_who_talk_are_known_to_whichever_files_they_are_in(tmp_path: Path) -> None:
    """One file says whose handle it is, the other names it: friends would else be in step."""
    one = write(tmp_path / "one.csv", HEAD + ANNA + BOB)
    anna, bob = write(tmp_path / "a.csv", HEAD + ANNA), write(tmp_path / "b.csv", HEAD + BOB)
    for files in ((one,), (anna, bob), (bob, anna)):
        store = tmp_path / f"{'-'.join(file.stem for file in files)}.lbug"
        load_into(store, *files)
        assert talks(store) == TALKS
        assert mentions(store) == 0  # what two say to each other is left out
        with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
            assert (account_of(graph, "@BOB"), account_ids(graph, ["anna", "bob"])) == (
                "other:2",
                ["other:1", "other:2"],
            )
            named = Handles(graph).mentions({"accounts": ["other:1", "other:2"]})
        assert pairs(named, "account", "target") == TALKS
    third = write(tmp_path / "c.csv", HEAD + "13,3,BOB,2024-03-04 11:00:00,#tag\n")
    load_into(tmp_path / "a-b.lbug", third)
    assert talks(tmp_path / "a-b.lbug") == set()  # nobody knows which of two is meant
    assert mentions(tmp_path / "a-b.lbug") == 2


def test_accounts_that_are_handles_are_talked_to(tmp_path: Path) -> None:
    posts = (
        "id,account,created_at,text\n1,Anna,2024-03-04 10:00:00,@bob look #t\n2,Bob,2024-03-04 10:01:00,@anna yes #t\n"
    )
    load_into(tmp_path / "s.lbug", write(tmp_path / "p.csv", posts))
    assert talks(tmp_path / "s.lbug") == {("other:Anna", "other:Bob"), ("other:Bob", "other:Anna")}


def test_impossible_dates_of_making_are_not_taken_from_posts(tmp_path: Path) -> None:
    rows = [f"{i},{i},n{i},2024-03-04,#a,{made}" for i, made in enumerate(("9999-12-31", "0001-01-01", "2020-05-06"))]
    head = "id,user_id,screen_name,created_at,text,account_created_at\n"
    tables = read(write(tmp_path / "p.csv", head + "\n".join(rows) + "\n"))
    made = {("other:0", None), ("other:1", None), ("other:2", datetime(2020, 5, 6, tzinfo=UTC))}
    assert pairs(tables.accounts, "id", "created_at") == made
    assert tables.dropped == {IMPOSSIBLE: 2}


def test_nor_from_the_profiles_of_an_interface_and_they_are_counted(tmp_path: Path) -> None:
    post = {"id": "1", "author_id": "7", "created_at": "2024-03-04T10:00:00Z", "text": "#a"}
    users = [{"id": "7", "username": "anna", "created_at": "0001-01-01T00:00:00Z"}]
    answer = {"data": [post], "includes": {"users": users}}
    tables = read(write(tmp_path / "p.jsonl", json.dumps(answer) + "\n"))
    assert pairs(tables.accounts, "id", "created_at") == {("x:7", None)}
    assert tables.dropped == {IMPOSSIBLE: 1}


def test_a_profile_says_its_platform_as_a_post_does(tmp_path: Path) -> None:
    profiles = "platform,account,handle,followers\nTwitter,1,anna,5\n,2,bob,6\n"
    tables = read(write(tmp_path / "p.csv", profiles), ReadOptions(format="profiles"))
    assert set(tables.accounts["id"]) == {"x:1", "x:2"}


LEGACY = {"full_text": "cut #early", "entities": {"hashtags": [{"text": "early"}], "user_mentions": [], "urls": []}}
WHOLE = {"text": "whole #early and #late @bob"}
OWN = {"hashtags": [{"text": "early"}, {"text": "late"}], "user_mentions": [], "urls": []}


@pytest.mark.parametrize(("own", "tags"), [(OWN, ["early", "late"]), (None, None)])
def test_a_long_post_of_the_website_has_the_entities_of_its_whole_text(
    own: dict[str, object] | None, tags: list[str] | None
) -> None:
    note = WHOLE | ({"entity_set": own} if own else {})
    tweet = {"rest_id": "1", "legacy": LEGACY, "note_tweet": {"note_tweet_results": {"result": note}}}
    (post,) = response(tweet)["data"]
    found = post["note_tweet"]["entities"] or post["entities"]
    assert [tag["tag"] for tag in found["hashtags"]] == tags if tags else found == {}  # then the text is asked


def test_a_pipe_is_told_how_it_can_be_loaded(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LoadError, match="is a pipe; load it as stdin"):
        load([str(tmp_path / "pipe")], None)


def test_a_column_of_lists_of_bytes_does_not_keep_a_row_from_being_rejected(tmp_path: Path) -> None:
    posts = pl.DataFrame({"id": ["1", "2"], "user_id": ["1", "2"], "created_at": ["2024-03-04", "never"], "text": "#a"})
    posts.with_columns(more=pl.Series([[b"x"], [b"y"]])).write_parquet(tmp_path / "p.parquet")
    assert pairs(read(tmp_path / "p.parquet").rejected, "reason") == {("the time cannot be read",)}


def test_one_key_may_be_two_fields(tmp_path: Path) -> None:
    post = {"id": "1", "user": "anna", "created_at": "2024-03-04", "text": "#a"}
    path = write(tmp_path / "p.jsonl", json.dumps(post) + "\n")
    report = load([str(path)], None, ReadOptions(columns={"account": "user", "handle": "user"}))
    assert report.rows == 1


def test_a_line_that_a_killed_load_broke_off_stays_alone(tmp_path: Path) -> None:
    kept = write(
        tmp_path / "kept.jsonl", '{"file":"a","line":1,"reason":"no time","row":"{}"}\n{"file":"a","line":2,"rea'
    )
    RejectFile(kept).add("a", pl.DataFrame([(2, "no time", "{}")], REJECTED, orient="row"))
    first, broken, added = kept.read_text().splitlines()
    assert broken == '{"file":"a","line":2,"rea'
    assert [json.loads(line)["line"] for line in (first, added)] == [1, 2]


@pytest.mark.parametrize("at_once", [True, False])
def test_two_posts_of_one_id_are_not_made_one(tmp_path: Path, at_once: bool) -> None:
    """As where rows are numbered, file by file: one account would be said to have written what the other did."""
    alice = write(tmp_path / "a.csv", HEAD + "1,100,alice,2024-03-04 10:00:00,I like #tea\n")
    mallory = "1,200,mallory,2024-03-05 11:00:00,pushes #fraud @bob http://a.example/b\n"
    again = "2,200,mallory,2024-03-05 12:00:00,#tea\n"
    other, store = write(tmp_path / "b.csv", HEAD + mallory + again), tmp_path / "s.lbug"
    with closing(connect(StoreTarget(str(store)))) as graph:
        reports = (
            [load([str(alice), str(other)], graph)] if at_once else [load([str(f)], graph) for f in (alice, other)]
        )
        posts = graph.read(queries.get("evidence/posts_by_id"), {"ids": ["other:1", "other:2"]})
        assert graph.counts()["TAGGED"] == 2
        assert graph.counts()["MENTIONS"] == graph.counts()["LINKS_TO"] == 0
        assert load([str(alice), str(other)], graph).written["Post"] == 0
    assert pairs(posts, "id", "account", "text") == {
        ("other:1", "other:100", "I like #tea"),
        ("other:2", "other:200", "#tea"),
    }
    assert reports[-1].rejected == {"the post's id belongs to another account": 1}
    assert sum(report.rows for report in reports) == 3


def test_a_post_that_another_source_knows_by_its_authors_handle_is_the_same(tmp_path: Path) -> None:
    by_id = write(tmp_path / "a.csv", HEAD + "1,100,alice,2024-03-04 10:00:00,#tea\n")
    by_handle = write(tmp_path / "b.csv", "id,screen_name,created_at,text\n1,alice,2024-03-04 12:00:00,#tea\n")
    with closing(connect(StoreTarget(str(tmp_path / "s.lbug")))) as graph:
        assert load([str(by_id), str(by_handle)], graph).rejected == {}
