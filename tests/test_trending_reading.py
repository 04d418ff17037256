"""What a trending report reads, on either store, against rows counted by hand."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from campaign_analysis.results import Group, Member
from campaign_cypher.store import GraphBatch, Store
from small_graph import NOON, at, pairs, rows, small_batch

from campaign.failures import NotFoundError, UsageError
from campaign.trending.asked import HOUR, Asked, Window, window_of
from campaign.trending.model import Named
from campaign.trending.reading import TagPosts, counts, display_of, made, tag_posts
from campaign.trending.tag import _named

FIRST = int(NOON.timestamp()) // HOUR
WINDOW = Window(FIRST - 5, FIRST, FIRST + 2)
LATER = GraphBatch(
    nodes={
        "Post": rows(
            "id",
            "created_at",
            "text",
            "kind",
            "placeholder",
            data=[("x:p6", at(70), "again #a", "original", False), ("x:p7", at(71), "RT two", "retweet", False)],
        )
    },
    relationships={
        "POSTED": pairs(("x:1", "x:p6"), ("x:1", "x:p7")),
        "TAGGED": pairs(("x:p6", "a"), ("x:p7", "a")),
        "RETWEETS": pairs(("x:p7", "x:p2")),
    },
)


@pytest.fixture
def store(any_store: Store) -> Store:
    any_store.write(small_batch())
    any_store.write(LATER)
    return any_store


def test_counts_posts_and_windows(store: Store) -> None:
    assert counts(store, WINDOW).select("tag", "hour", "posts", "accounts").rows() == [
        ("a", FIRST, 3, 2),
        ("a", FIRST + 1, 2, 1),
        ("b", FIRST, 1, 1),
    ]
    read = tag_posts(store, "a", WINDOW)
    noon = int(NOON.timestamp())
    assert read.posts.select("post", "account", "kind", "author", "at").rows() == [
        ("x:p1", "x:1", "original", None, noon),
        ("x:p2", "x:2", "original", None, noon + 60),
        ("x:p3", "x:2", "retweet", None, noon + 120),  # of a post that was never collected
        ("x:p6", "x:1", "original", None, noon + 4200),
        ("x:p7", "x:1", "retweet", "x:2", noon + 4260),
    ]
    assert read.named.rows() == [("x:p1", "x:9", "Target")]
    assert read.authors.rows() == [("x:2", "Bob")]
    assert display_of(store, "a") == "A"
    assert made(store, ["x:1", "x:3"])["id"].to_list() == ["x:1"]
    windows(store)


def windows(store: Store) -> None:
    """Without an end the newest post's hour is the last; a duration counts back from it."""
    with pytest.raises(NotFoundError, match="no past to compare with"):
        window_of(store, Asked(since="1h"))
    long_ago = GraphBatch(
        nodes={"Post": rows("id", "created_at", "placeholder", data=[("x:p8", at(-600), False)])},
        relationships={"POSTED": pairs(("x:1", "x:p8"))},
    )
    store.write(long_ago)
    found = window_of(store, Asked(since="2h"))
    assert found == Window(FIRST - 10, FIRST, FIRST + 2)
    assert found.until == NOON + timedelta(hours=2, microseconds=-1)
    assert window_of(store, Asked(since="2h", past="5h")).first == FIRST - 5
    assert window_of(store, Asked(since="2016-03-22T12:20")) == found  # whole hours
    with pytest.raises(NotFoundError, match="no post from 2016-03-23"):
        window_of(store, Asked(since="2016-03-23", until="2016-03-24"))
    with pytest.raises(UsageError, match="no date or time"):
        window_of(store, Asked(since="soon"))


def test_a_retweet_that_names_whom_it_passes_on_is_one_post_of_the_campaigns() -> None:
    posts = pl.DataFrame(
        {"post": ["1", "2", "3"], "account": ["a", "b", "x"], "author": ["star", None, "star"], "at": [0, 1, 2]},
    )
    named = pl.DataFrame({"post": ["1", "2", "3"], "target": "star", "handle": "Star"})
    read = TagPosts(posts, named, pl.DataFrame({"id": ["star"], "handle": ["Star"]}))
    members = tuple(Member(i, "core", 5, 0.1, 1e-9) for i in "ab")
    (found,) = _named(read, posts, [Group("r-1", "campaign", (), 1e-9, members)])
    assert found == Named("star", "Star", 3, 2, 2)
