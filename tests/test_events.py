"""What counts as an act in each layer, from a file to the events of both stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_cypher.errors import StoreError
from campaign_cypher.events import read_events, told_by_id
from campaign_cypher.store import Store
from campaign_loader import load

COLUMNS = ("post_id", "user_id", "hashtags", "mentions", "urls", "domain", "image_hash")
COLUMNS = (*COLUMNS, "retweet_of", "quote_of", "reply_to")
NOON = datetime(2020, 3, 1, 12, tzinfo=UTC)
POSTS: list[dict[str, str]] = [
    {"user_id": "ann", "hashtags": "B a b", "mentions": "@cyd", "urls": "https://www.News.example/1 https://t.co/x"},
    {"user_id": "bob", "retweet_of": "1", "hashtags": "b a", "mentions": "@cyd", "image_hash": "f0"},
    {"user_id": "bob", "retweet_of": "1", "hashtags": "c b d"},
    {"user_id": "cyd", "retweet_of": "elsewhere", "hashtags": "e f"},
    {"user_id": "cyd", "quote_of": "1", "image_hash": "f0", "hashtags": "a"},
    {"user_id": "bob", "reply_to": "1", "mentions": "@ann @dan", "hashtags": "a"},
    {"user_id": "dan", "reply_to": "elsewhere", "domain": "www.Site.example"},
    {"user_id": "dan", "urls": "https://bit.ly/1", "domain": "long.example", "image_hash": "f1 f0"},
    {"user_id": "ann", "quote_of": "5", "reply_to": "1", "mentions": "@ann"},
]
# For each layer (account, object, number of the post), and the source where the layer has one.
ACTS: dict[str, set[tuple[Any, ...]]] = {
    "hashtag": {("ann", "a", 1), ("ann", "b", 1), ("bob", "c", 3), ("bob", "d", 3), ("cyd", "a", 5), ("bob", "a", 6)},
    "hashtag_sequence": {("ann", "#b #a", 1), ("bob", "#c #d", 3)},
    "mention": {("ann", "cyd", 1), ("ann", "ann", 9)},
    "url": {
        ("ann", "https://www.News.example/1", 1, "news.example"),
        ("ann", "https://t.co/x", 1, None),
        ("dan", "https://bit.ly/1", 8, "long.example"),
    },
    "domain": {("ann", "news.example", 1), ("dan", "site.example", 7), ("dan", "long.example", 8)},
    "image": {("cyd", "f0", 5), ("dan", "f0", 8), ("dan", "f1", 8)},
    "retweet": {("bob", "1", 2, "ann"), ("bob", "1", 3, "ann"), ("cyd", "elsewhere", 4, None)},
    "quote": {("cyd", "1", 5, "ann"), ("ann", "5", 9, "cyd")},
    "reply": {("bob", "1", 6, "ann"), ("dan", "elsewhere", 7, None), ("ann", "1", 9, "ann")},
}


def at(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def loaded(store: Store, folder: Path) -> Store:
    rows = [
        [str(number), f"{at(number):%Y-%m-%dT%H:%M:%SZ}", *(post.get(c, "") for c in COLUMNS[1:])]
        for number, post in enumerate(POSTS, 1)
    ]
    lines = [",".join([COLUMNS[0], "created_at", *COLUMNS[1:]]), *map(",".join, rows)]
    (folder / "posts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = load([str(folder / "posts.csv")], store)
    assert not report.rejected
    return store


def bare(value: str | None) -> str | None:
    """Without the platform: `other:ann` and `other:@ann` are ann, as is the handle."""
    if value is None or value.startswith("http"):
        return value
    return value.removeprefix("other:").removeprefix("@")


def acts(store: Store, layer: str, **asked: Any) -> set[tuple[Any, ...]]:
    frame = read_events(store, layer, posts=True, **asked)
    sources = [bare(s) for s in frame["source"]] if "source" in frame.columns else None
    if layer in ("retweet", "quote", "reply"):  # of the world's own posts it is known when they came out
        known = [bare(o) for o in frame["object"]]
        assert frame["born"].to_list() == [None if o == "elsewhere" else at(int(o)).timestamp() * 1000 for o in known]
    found = [
        (bare(row["account"]), bare(row["object"]), int(row["post"].removeprefix("other:")), row["time"])
        for row in frame.iter_rows(named=True)
    ]
    assert all(time == int(at(post).timestamp() * 1000) for *_, post, time in found)
    assert len(found) == len(set(found))
    return {(*row[:3], *([sources[i]] if sources is not None else [])) for i, row in enumerate(found)}


def test_talk_is_whom_an_act_names_and_whom_it_answers(any_store: Store, tmp_path: Path) -> None:
    talk = read_events(loaded(any_store, tmp_path), "talk", posts=True)
    rows = talk.select("account", "object", "post", "answers").rows()
    told = [
        ("ann", "@cyd", "1", False),
        *(("bob", whom, "6", True) for whom in ("@ann", "@dan", "ann")),
        *(("ann", whom, "9", whom == "ann") for whom in ("@ann", "ann")),  # a quote that answers is a quote
    ]
    assert sorted(rows) == sorted((*(f"other:{part}" for part in row[:3]), row[3]) for row in told)


def test_every_layer_counts_the_acts_that_it_should_and_no_others(any_store: Store, tmp_path: Path) -> None:
    store = loaded(any_store, tmp_path)
    assert {layer: acts(store, layer) for layer in ACTS} == ACTS


def test_bounds_accounts_and_objects_keep_a_part(any_store: Store, tmp_path: Path) -> None:
    store = loaded(any_store, tmp_path)
    for layer, every in ACTS.items():
        assert acts(store, layer, since=at(2), until=at(5)) == {act for act in every if 2 <= act[2] <= 5}
        assert acts(store, layer, accounts=["other:bob", "other:ann"]) == {a for a in every if a[0] in ("bob", "ann")}
        objects = sorted(set(read_events(store, layer)["object"]))
        assert acts(store, layer, objects=objects[:1]) == {act for act in every if act[1] == bare(objects[0])}
        without = read_events(store, layer)
        assert "post" not in without.columns
        assert without.height == len(every)


def test_ids_of_x_tell_when_a_post_came_out() -> None:
    """A post of 2019-12-31 19:26:16 by the platform; ids that were counted, or of others, tell nothing."""
    ids = ["x:1212092628029698048", "x:29700859247", "bluesky:1212092628029698048", "x:text:1212092628029698048", None]
    told = pl.DataFrame({"object": pl.Series(ids, dtype=pl.String)}).select(told_by_id("object")).to_series().to_list()
    assert told == [int(datetime(2019, 12, 31, 19, 26, 16, 771_000, UTC).timestamp() * 1000), *[None] * 4]


def test_a_layer_without_a_query_is_named(embedded_store: Store) -> None:
    with pytest.raises(StoreError, match="no stored query 'events/likes'"):
        read_events(embedded_store, "likes")
