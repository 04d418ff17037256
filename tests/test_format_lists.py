"""Lists of followers, likers and retweeters, whatever they come from: order kept, whose list said, nobody lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from campaign_cypher.store import Store
from campaign_loader import LoadError, ReadOptions, load
from loading import format_of, pairs, read, write

SEEN = datetime(2022, 11, 8, tzinfo=UTC)


def test_a_plain_table_keeps_order_and_profiles(tmp_path: Path) -> None:
    path = write(
        tmp_path / "f.csv",
        "account,follower,rank,seen_at,created_at,followers\n"
        "@Boss,11,1,2022-11-08,2020-01-02,5\n"
        "@boss,12,2,2022-11-08,0001-01-01,\n"
        "7,11,9,,,\n",
    )
    assert format_of(path) == "lists"
    tables = read(path)
    assert tables.follows.rows() == [
        ("x:11", "x:@boss", 1, SEEN),
        ("x:12", "x:@boss", 2, SEEN),
        ("x:11", "x:7", 9, None),
    ]
    made = datetime(2020, 1, 2, tzinfo=UTC)
    assert pairs(tables.accounts, "id", "created_at") == {("x:11", made), ("x:12", None)}
    assert pairs(tables.snapshots, "account", "at", "followers") == {("x:11", SEEN, 5)}
    assert tables.dropped == {"creation date out of range (before 1990 or in the future)": 1}


def test_a_table_without_rank_has_no_order_and_says_so(tmp_path: Path) -> None:
    tables = read(write(tmp_path / "f.csv", "account,follower\n1,2\n1,3\n"))
    assert tables.follows["rank"].to_list() == [None, None]
    assert "no rank" in tables.said[0]


def test_rows_without_anybody_are_rejected(tmp_path: Path) -> None:
    tables = read(write(tmp_path / "f.csv", "account,follower,rank\n1,,1\n,2,2\n1,1.5e18,3\n1,4,4\n"))
    assert pairs(tables.rejected, "line", "reason") == {
        (2, "no account"),
        (3, "nobody whose list it is"),
        (4, "the account's id lost digits"),
    }
    assert tables.follows.height == 1 and tables.rows == 4


def test_likers_and_retweeters(tmp_path: Path) -> None:
    likes = read(write(tmp_path / "l.csv", "post,liker,rank\n100,1,1\n100,2,2\n")).likes
    assert likes.rows() == [("x:1", "x:100", 1, None), ("x:2", "x:100", 2, None)]
    passed = read(write(tmp_path / "r.csv", "retweeter,rank\n1,1\n"), ReadOptions(retweeters_of="100")).retweeted
    assert passed.rows() == [("x:1", "x:100", 1, None)]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (ReadOptions(), "no column says whose followers"),
        (ReadOptions(likers_of="1"), "lists followers, not likers"),
        (ReadOptions(likers_of="1", followers_of="2"), "an input is one list"),
        (ReadOptions(columns={"nobody": "follower"}), "a list has no field nobody"),
        (ReadOptions(columns={"owner": "x"}), "no such column; columns there: follower, rank"),
    ],
)
def test_what_is_not_said_is_asked_for(tmp_path: Path, options: ReadOptions, told: str) -> None:
    path = write(tmp_path / "f.csv", "follower,rank\n1,1\n")
    with pytest.raises(LoadError, match=told):
        read(path, options)


def test_pages_of_ids_go_on_from_line_to_line(tmp_path: Path) -> None:
    pages = [{"ids": [5, "6"], "next_cursor": 9}, {"ids": ["7", "5"], "next_cursor": 0}]
    path = write(tmp_path / "ids.jsonl", "\n".join(map(json.dumps, pages)))
    assert format_of(path) == "x_api_v1"
    tables = read(path, ReadOptions(followers_of="@Boss", seen_at=SEEN))
    assert tables.follows.rows() == [(f"x:{n}", "x:@boss", n - 4, SEEN) for n in (5, 6, 7)]
    assert tables.rows == 4
    with pytest.raises(LoadError, match="say --followers-of"):
        read(path)


def test_twarc_notes_whose_list_it_is(tmp_path: Path) -> None:
    users = [{"id": str(n), "username": f"u{n}", "name": "", "public_metrics": {"followers_count": n}} for n in (8, 9)]
    noted = {
        "url": "https://api.twitter.com/2/users/77/followers?max_results=2",
        "retrieved_at": "2022-11-08T00:00:00Z",
    }
    path = write(tmp_path / "f.jsonl", json.dumps({"data": users, "meta": {}, "__twarc": noted}))
    tables = read(path)
    assert tables.follows.rows() == [("x:8", "x:77", 1, SEEN), ("x:9", "x:77", 2, SEEN)]
    assert pairs(tables.snapshots, "account", "at", "followers") == {("x:8", SEEN, 8), ("x:9", SEEN, 9)}
    liking = noted | {"url": "https://api.twitter.com/2/tweets/5/liking_users"}
    path = write(tmp_path / "l.jsonl", json.dumps({"data": users, "meta": {}, "__twarc": liking}))
    assert pairs(read(path).likes, "account", "post") == {("x:8", "x:5"), ("x:9", "x:5")}


def test_whom_somebody_follows_has_no_ranks(tmp_path: Path) -> None:
    path = write(tmp_path / "ids.jsonl", json.dumps({"ids": ["5"], "next_cursor": 0}))
    assert read(path, ReadOptions(following_of="1")).follows.rows() == [("x:1", "x:5", None, None)]


def test_old_posts_are_read_with_what_is_inside_them(tmp_path: Path) -> None:
    author = {"id_str": "1", "screen_name": "Ann", "followers_count": 3, "created_at": "Mon Jan 10 02:06:34 +0000 2011"}
    inner = {"id_str": "50", "full_text": "look #Tag", "created_at": "Mon Nov 07 21:40:04 +0000 2022", "user": author}
    outer = {
        **inner,
        "id_str": "51",
        "full_text": "RT @Ann: look #Tag",
        "created_at": "Mon Nov 07 21:41:00 +0000 2022",
        "source": '<a href="x">Web</a>',
        "user": {"id_str": "2", "screen_name": "Bob"},
        "retweeted_status": {**inner, "quoted_status_id_str": "49"},
        "quoted_status_id_str": "49",
    }
    path = write(tmp_path / "p.jsonl", json.dumps(outer))
    tables = read(path)
    assert pairs(tables.posts, "id", "account", "kind", "client") == {
        ("x:51", "x:2", "retweet", "Web"),
        ("x:50", "x:1", "quote", None),
    }
    assert pairs(tables.retweets, "post", "target") == {("x:51", "x:50")}
    assert pairs(tables.quotes, "post", "target") == {("x:50", "x:49")}
    assert pairs(tables.accounts, "id", "handle", "followers") == {("x:1", "Ann", 3), ("x:2", "Bob", None)}


def test_whoever_cannot_be_seen_keeps_the_place(tmp_path: Path) -> None:
    def entry(result: object) -> object:
        return {"content": {"itemContent": {"user_results": {"result": result}}}}

    seen = {"__typename": "User", "rest_id": "9", "core": {"screen_name": "Nine", "name": "N"}, "legacy": {}}
    people = [entry({"__typename": "UserUnavailable"}), entry(seen)]
    answer = {"data": {"retweeters_timeline": {"timeline": {"instructions": [{"entries": people}]}}}}
    path = write(tmp_path / "r.json", json.dumps(answer))
    assert format_of(path) == "x_web"
    tables = read(path, ReadOptions(retweeters_of="100"))
    assert tables.retweeted.rows() == [("x:9", "x:100", 2, None)]
    assert tables.rows == 2 and sum(tables.dropped.values()) == 1
    with pytest.raises(LoadError, match="--retweeters-of"):
        read(path)


def test_lists_in_a_store(any_store: Store, tmp_path: Path) -> None:
    """Loaded twice nothing changes; loaded again later those who are new come in, the others keep their places."""
    first = write(tmp_path / "a.csv", "account,follower,rank,seen_at\n1,2,1,2022-01-01\n1,3,2,2022-01-01\n")
    later = write(tmp_path / "b.csv", "account,follower,rank,seen_at\n1,4,1,2022-02-01\n1,2,2,2022-02-01\n")
    report = load([str(first)], any_store)
    assert (report.written["FOLLOWS"], report.differences) == (2, {})
    assert load([str(first)], any_store).written["FOLLOWS"] == 0
    assert load([str(later)], any_store).written["FOLLOWS"] == 1
    load([str(write(tmp_path / "l.csv", "post,liker,rank\n100,2,1\n"))], any_store)
    assert any_store.counts()["LIKES"] == 1


REAL = {
    "x_api_v1/search_tweets.jsonl": ({}, {"posts": 75}),
    "x_api_v1/user_timeline.jsonl": ({}, {"posts": 65, "retweets": 23}),
    "x_api_v1/get_followers.jsonl": ({"followers_of": "@rOpenSci"}, {"follows": 5000}),
    "x_web/raw_search.json": ({}, {"posts": 25}),
    "x_web/raw_followers.json": ({"followers_of": "1"}, {"follows": 69, "accounts": 69}),
    "x_web/raw_retweeters.json": ({"retweeters_of": "1"}, {"retweeted": 19, "accounts": 19}),
}


@pytest.mark.parametrize("name", REAL)
def test_real_answers(shared_data: Path, name: str) -> None:
    options, counts = REAL[name]
    tables = read(shared_data / "data" / "formats" / name, ReadOptions(**options))  # type: ignore[arg-type]
    assert {part: getattr(tables, part).height for part in counts} == counts
    assert tables.rejected.is_empty()
    frame = tables.follows if tables.follows.height else tables.retweeted
    assert frame["rank"].is_sorted() and frame["rank"].is_unique().all()


def test_dates_of_real_accounts_are_read(shared_data: Path) -> None:
    followers = read(shared_data / "data/formats/x_web/raw_followers.json", ReadOptions(followers_of="1"))
    assert followers.accounts["created_at"].null_count() == 0
    assert followers.accounts.filter(handle="leslieberland")["created_at"].to_list() == [
        datetime(2011, 1, 10, 2, 6, 34, tzinfo=UTC)
    ]
    posts = read(shared_data / "data/formats/x_api_v1/search_tweets.jsonl")
    assert posts.accounts.filter(pl.col("created_at").is_null() & pl.col("name").is_not_null()).is_empty()
