"""X API v2: responses with includes, flattened lines, users; the same posts whichever way they were kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from campaign_loader import LoadError, ReadOptions
from loading import format_of, pairs, read, write

AUTHOR = {
    "id": "10", "username": "Ann", "name": "Ann A.", "created_at": "2010-01-01T00:00:00.000Z", "verified": True,
    "protected": False, "public_metrics": {"followers_count": 5, "following_count": 6, "tweet_count": 7},
}  # fmt: skip
RESPONSE: dict[str, Any] = {
    "data": [
        {"id": "100", "author_id": "10", "created_at": "2021-01-01T10:00:00.000Z", "text": "cut off #Ta…", "lang": "en",
         "source": "Web", "public_metrics": {}, "note_tweet": {"text": "the whole text #Tag and more",
         "entities": {"hashtags": [{"tag": "Tag"}]}}, "entities": {"hashtags": []}},
        {"id": "101", "author_id": "11", "created_at": "2021-01-01T10:00:01.000Z", "text": "RT @Ann: old #One…",
         "public_metrics": {}, "referenced_tweets": [{"type": "retweeted", "id": "99"}],
         "entities": {"mentions": [{"username": "ann"}, {"username": "Zoe", "id": "77"}]}},
        {"id": "102", "author_id": "11", "created_at": "2021-01-01T10:00:02.000Z", "text": "look #bare @Nobody",
         "referenced_tweets": [{"type": "quoted", "id": "99"}, {"type": "replied_to", "id": "98"}]},
    ],
    "includes": {
        "users": [AUTHOR],
        "tweets": [{"id": "99", "author_id": "10", "created_at": "2020-12-31T10:00:00.000Z", "text": "old #One #Two",
                    "public_metrics": {}, "entities": {"hashtags": [{"tag": "One"}, {"tag": "Two"}],
                    "urls": [{"url": "https://t.co/a", "expanded_url": "https://Www.Site.example/x"}]}}],
    },
    "meta": {"result_count": 3},
}  # fmt: skip


def one_line(tmp_path: Path, *records: object) -> Path:
    return write(tmp_path / "x.jsonl", "\n".join(json.dumps(record) for record in records))


def test_a_response_with_includes(tmp_path: Path) -> None:
    path = one_line(tmp_path, RESPONSE)
    assert format_of(path) == "x_api_v2"
    tables = read(path)
    assert pairs(tables.posts, "id", "account", "kind") == {
        ("x:100", "x:10", "original"),
        ("x:101", "x:11", "retweet"),
        ("x:102", "x:11", "quote"),
        ("x:99", "x:10", "original"),
    }
    assert pairs(tables.posts.filter(id="x:100"), "text", "language", "client") == {
        ("the whole text #Tag and more", "en", "Web")
    }
    assert pairs(tables.hashtags, "post", "tag") == {
        ("x:100", "tag"),
        ("x:102", "bare"),  # no entities were asked for: the text is
        ("x:99", "one"),
        ("x:99", "two"),
    }
    assert pairs(tables.retweets, "post", "target") == {("x:101", "x:99")}
    assert pairs(tables.quotes, "post", "target") == {("x:102", "x:99")}
    assert pairs(tables.replies, "post", "target") == {("x:102", "x:98")}
    assert pairs(tables.urls, "post", "url") == {("x:99", "https://Www.Site.example/x")}


def test_names_become_ids_where_the_response_tells(tmp_path: Path) -> None:
    mentions = read(one_line(tmp_path, RESPONSE)).mentions
    assert pairs(mentions, "post", "account", "handle") == {
        ("x:101", "x:10", "Ann"),
        ("x:101", "x:77", "Zoe"),
        ("x:102", "x:@nobody", "Nobody"),
    }


def test_profiles_are_observations(tmp_path: Path) -> None:
    accounts = read(one_line(tmp_path, RESPONSE)).accounts
    assert pairs(accounts, "id", "handle", "followers", "following", "posts", "verified", "status") == {
        ("x:10", "Ann", 5, 6, 7, True, "active"),
        ("x:11", None, None, None, None, None, None),
    }
    ann = accounts.filter(id="x:10")
    assert f"{ann['last_seen_at'][0]:%Y-%m-%dT%H:%M:%S}" == "2021-01-01T10:00:02"  # the newest post of the response
    noted = RESPONSE | {"__twarc": {"retrieved_at": "2021-02-03T04:05:06+00:00"}}
    assert f"{read(one_line(tmp_path, noted)).accounts.filter(id='x:10')['last_seen_at'][0]:%m-%d}" == "02-03"


def test_a_pretty_printed_response_and_one_post_in_data(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", json.dumps(RESPONSE | {"data": RESPONSE["data"][0]}, indent=1))
    assert format_of(path) == "x_api_v2"
    assert set(read(path).posts["id"]) == {"x:100", "x:99"}


def test_users_alone(tmp_path: Path) -> None:
    for record in ({"data": [AUTHOR]}, AUTHOR):
        path = one_line(tmp_path, record)
        assert format_of(path) == "x_api_v2"
        tables = read(path)
        assert pairs(tables.accounts, "id", "followers") == {("x:10", 5)}
        assert tables.posts.is_empty()


def test_what_cannot_be_trusted_is_rejected(tmp_path: Path) -> None:
    bad = [
        {"id": "1", "text": "no author", "created_at": "2021-01-01T10:00:00Z", "public_metrics": {}},
        {"id": "2", "author_id": "1", "text": "no time", "public_metrics": {}},
        {"id": 1.35e18, "author_id": "1", "created_at": "2021-01-01T10:00:00Z", "text": "id", "public_metrics": {}},
        7,
    ]
    path = one_line(tmp_path, RESPONSE, *bad)
    path.write_text(path.read_text() + "\n{broken\n")
    tables = read(path, ReadOptions(format="x_api_v2"))
    assert pairs(tables.rejected, "line", "reason") == {
        (2, "no account"),
        (3, "no time"),
        (4, "the post's id lost digits"),
        (5, "no JSON object"),
        (6, "broken JSON: Expecting property name enclosed in double quotes at character 2"),
    }
    assert len(tables.posts) == 4


def test_flattened_and_not_are_the_same(shared_data: Path) -> None:
    folder = shared_data / "data/formats/x_api_v2"
    flat, whole = read(folder / "flat.jsonl"), read(folder / "noflat.jsonl")
    for part, columns in {
        "posts": ("id", "account", "created_at", "text", "language", "client", "kind"),
        "hashtags": ("post", "tag"),
        "mentions": ("post", "account"),
        "urls": ("post", "url"),
        "retweets": ("post", "target"),
        "quotes": ("post", "target"),
        "replies": ("post", "target"),
        "accounts": ("id", "handle", "followers", "created_at"),
    }.items():
        assert pairs(getattr(flat, part), *columns) == pairs(getattr(whole, part), *columns), part
    assert len(flat.posts) == 164


@pytest.mark.parametrize(("name", "posts"), [("brexit", 155), ("kpop", 121), ("users", 52)])
def test_collections_made_with_twarc(shared_data: Path, name: str, posts: int) -> None:
    path = shared_data / f"data/formats/x_api_v2/{name}.jsonl"
    with path.open() as file:
        records = [json.loads(line) for line in file]
    tweets = [t for r in records for t in (r["data"] + r["includes"].get("tweets", [])) if "text" in t]
    known = {f"x:{t['id']}" for t in tweets}
    tables = read(path)
    assert set(tables.posts["id"]) == known
    assert len(known) == posts
    assert tables.rejected.is_empty()
    tagged = {(f"x:{t['id']}", h["tag"].casefold()) for t in tweets for h in t.get("entities", {}).get("hashtags", [])}
    assert tagged <= pairs(tables.hashtags, "post", "tag")


def test_counts_of_posts_are_no_posts(shared_data: Path) -> None:
    with pytest.raises(LoadError, match="not posts; load search results"):
        read(shared_data / "data/formats/x_api_v2/counts.jsonl")
