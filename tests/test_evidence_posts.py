"""The posts beside an episode are those that make it, and what is kept of a run is what the run found last."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from campaign_analysis.parallel import silent
from campaign_analysis.results import Alone
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.store import Store
from campaign_loader import load

from campaign.describe import _text_of
from campaign.evidence import Evidence
from campaign.pipeline import detect
from campaign.request import Request
from campaign.show_pair import _failed
from campaign.stored import request_of, run_of

SLOGAN = "everybody must see what they did to our river"
OTHER = {"ann": "good morning to all of you out there", "bob": "nobody told me that buses stop at nine"}


def opened(folder: Path, posts: pl.DataFrame) -> Store:
    posts.write_csv(folder / "posts.csv")
    store = connect(StoreTarget(str(folder / "s.lbug")))
    store.apply_schema()
    load([str(folder / "posts.csv")], store)
    return store


def test_of_two_posts_in_one_minute_the_one_with_the_text_is_shown(tmp_path: Path) -> None:
    said = [
        (f"{hour}{who}{i}", who, f"2020-01-01T1{hour}:00", text)
        for hour in range(2)
        for who in ("ann", "bob")
        for i, text in enumerate((OTHER[who], SLOGAN))
    ]
    posts = pl.DataFrame(said, schema=["post_id", "user_id", "created_at", "text"], orient="row")
    edge = {"layer": "text", "a": "other:ann", "b": "other:bob", "window": 60, "block": 1800}
    with closing(opened(tmp_path, posts)) as store:
        found = Evidence(store, ["other:ann", "other:bob"], Request()).episodes(edge)
    assert found["a_text"].to_list() == found["b_text"].to_list() == [SLOGAN] * 2
    assert found["a_post"].to_list() == ["other:0ann1", "other:1ann1"]


def test_a_run_that_says_something_else_now_leaves_nothing_of_before(tmp_path: Path) -> None:
    ring, crowd = [f"r{i}" for i in range(5)], [f"c{i}" for i in range(40)]
    said = [
        (who, f"2020-01-{day:02}T{6 + day % 12:02}:00:{second:02}", f"#tag{day} @friend")
        for day in range(1, 15)
        for second, who in enumerate(ring)
    ] + [(who, f"2020-01-{n % 14 + 1:02}T{n % 24:02}:{n:02}:00", f"#tag{n % 14 + 1}") for n, who in enumerate(crowd)]
    posts = pl.DataFrame(said, schema=["user_id", "created_at", "text"], orient="row")
    with closing(opened(tmp_path, posts)) as store:
        first = detect(store, Request(layers=("hashtag",)))
        assert [t.posts for t in first.groups[0].targets] == [70]
        kept = store.counts()
        assert detect(store, Request(layers=("hashtag",))).groups == first.groups
        assert store.counts() == kept
        later = pl.DataFrame([("r0", "2020-01-05T20:00:00", "hello @friend")], posts.schema, orient="row")
        later.write_csv(tmp_path / "later.csv")
        load([str(tmp_path / "later.csv")], store)
        second = detect(store, Request(layers=("hashtag",)))
        assert second.run.id == first.run.id
        assert [t.posts for t in second.groups[0].targets] == [71]
        assert store.counts()["TARGETED"] == kept["TARGETED"]
        shown = store.read(queries.get("runs/groups"), {"run": second.run.id})
    assert shown.height == len(second.groups)


def test_what_was_left_to_the_layer_of_links_is_no_evidence_by_its_hashtag(tmp_path: Path) -> None:
    """Neither of when a group acted, nor of what the asked hashtag alone would show."""
    ring, crowd = [f"r{i}" for i in range(5)], [f"c{i}" for i in range(40)]
    pushed = [
        (who, f"2020-01-{day:02}T{6 + day % 12:02}:00:{second:02}", f"#tag{day}", "")
        for day in range(1, 15)
        for second, who in enumerate(ring)
    ]
    linked = [
        (who, f"2020-01-{day:02}T{20 - day % 12:02}:30:{second:02}", "#story", f"https://site.example/{day}")
        for day in range(1, 20)
        for second, who in enumerate(ring)
    ]
    around = [(who, f"2020-01-{n % 14 + 1:02}T{n % 24:02}:{n:02}:00", "#story", "") for n, who in enumerate(crowd)]
    posts = pl.DataFrame(pushed + linked + around, ["user_id", "created_at", "text", "urls"], orient="row")
    with closing(opened(tmp_path, posts)) as store:
        found = detect(store, Request(hashtags=("story",), layers=("hashtag",)))
    (group,) = found.groups
    assert group.last == datetime(2020, 1, 14, 8, 0, 4, tzinfo=UTC)
    assert found.hashtag_alone == Alone(edges=0, groups=0)


HEADLINE = "the river town has a new bridge since today"


def headlines(folder: Path) -> Store:
    """A ring that tags a headline, each with a link of its own, and a crowd."""
    ring, crowd = [f"r{i}" for i in range(5)], [f"c{i}" for i in range(40)]
    said = [
        (who, f"2020-01-{day:02}T{6 + day % 12:02}:00:{second:02}", f"{HEADLINE} {day} #tag{day}", f"{day}{who}")
        for day in range(1, 15)
        for second, who in enumerate(ring)
    ]
    said += [
        (who, f"2020-01-{n % 14 + 1:02}T{n % 24:02}:{n:02}:00", f"#tag{n % 14 + 1}", f"c{n}")
        for n, who in enumerate(crowd)
    ]
    texts = pl.DataFrame(said, schema=["user_id", "created_at", "text", "page"], orient="row")
    urls = pl.format("https://t.co/{}", "page").alias("urls")
    return opened(folder, texts.select("user_id", "created_at", "text", urls))


def test_a_run_that_did_not_look_at_texts_has_the_meetings_that_it_counted(tmp_path: Path) -> None:
    with closing(headlines(tmp_path)) as store:
        ran = detect(store, Request(layers=("hashtag",)))
        edge = ran.edges.filter(claim="together").row(0, named=True)
        known = Evidence(store, [edge["a"], edge["b"]], request_of(run_of(store, ran.run.id)))
        assert known.episodes(edge).height == edge["n"] > 1


def test_the_text_of_an_act_is_found_where_the_store_knows_its_time_closer_than_acts_do(tmp_path: Path) -> None:
    said = [("ann", "2020-01-01T10:00:00.123456", SLOGAN), ("ann", "2020-01-01T10:00:00.124000", OTHER["ann"])]
    posts = pl.DataFrame(said, schema=["user_id", "created_at", "text"], orient="row")
    with closing(opened(tmp_path, posts)) as store:
        begun = int(datetime(2020, 1, 1, 10, tzinfo=UTC).timestamp()) * 1000
        assert [_text_of(store, "other:ann", begun + ms) for ms in (122, 123, 124)] == [None, SLOGAN, OTHER["ann"]]


def test_a_pair_whose_posts_became_stories_since_is_not_tested_on_what_is_left(tmp_path: Path) -> None:
    """Another was tested in the place of one who no longer acts in the layer."""
    with closing(headlines(tmp_path)) as store:
        ran = detect(store, Request(layers=("hashtag",)))
        together = replace(ran, edges=ran.edges.filter(claim="together"))
        edge = together.edges.filter(a="other:r0").row(0, named=True)
        pair = [edge["a"], edge["b"]]
        before, _ = _failed(store, together, [edge], Evidence(store, pair, request_of(ran)), silent)
        assert [test.n for test in before.values()] == [edge["n"]]
        said = [("late", f"2020-02-{day:02}T08:00:00", f"https://t.co/{day}r0") for day in range(1, 15)]
        later = pl.DataFrame(said, schema=["user_id", "created_at", "urls"], orient="row")
        later.with_columns(text=pl.lit("read this")).write_csv(tmp_path / "later.csv")
        load([str(tmp_path / "later.csv")], store)
        assert _failed(store, together, [edge], Evidence(store, pair, request_of(ran)), silent)[0] == {}
