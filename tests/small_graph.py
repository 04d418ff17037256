"""A small graph whose every answer can be counted by hand, for tests of the stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
from campaign_cypher.store import GraphBatch

NOON = datetime(2016, 3, 22, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """A moment, in minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def rows(*columns: str, data: list[tuple[Any, ...]]) -> pl.DataFrame:
    """A frame from rows; a column that is all null is left to the store to type."""
    return pl.DataFrame(data, schema=list(columns), orient="row")


def pairs(*data: tuple[str, str]) -> pl.DataFrame:
    """Source and target of relationships."""
    return rows("source", "target", data=list(data))


def small_batch() -> GraphBatch:
    """Three accounts, one placeholder; five posts of which two are retweets; two tags, a link, a mention, a reply."""
    accounts = rows(
        "id",
        "platform",
        "handle",
        "created_at",
        "followers",
        "verified",
        "last_seen_at",
        "placeholder",
        data=[
            ("x:1", "x", "Ann", at(-1000), 10, False, at(0), False),
            ("x:2", "x", "Bob", at(-900), 20, None, at(0), False),
            ("x:3", "x", "Cyd", None, None, None, None, False),
            ("x:9", "x", "Target", None, None, None, None, True),
        ],
    )
    posts = rows(
        "id",
        "created_at",
        "text",
        "kind",
        "placeholder",
        data=[
            ("x:p1", at(0), "one #a @Target", "original", False),
            ("x:p2", at(1), "two #A #b", "original", False),
            ("x:p3", at(2), "RT one", "retweet", False),
            ("x:p4", at(3), "RT one", "retweet", False),
            ("x:p5", at(4.5), "no! सुशांत", "reply", False),
            ("x:p0", None, None, None, True),
        ],
    )
    return GraphBatch(
        nodes={
            "Account": accounts,
            "Post": posts,
            "Hashtag": rows("tag", "display", data=[("a", "A"), ("b", "b")]),
            "Url": rows("url", "domain", data=[("https://www.news.example/1", "news.example")]),
        },
        relationships={
            "POSTED": pairs(("x:1", "x:p1"), ("x:2", "x:p2"), ("x:2", "x:p3"), ("x:3", "x:p4"), ("x:3", "x:p5")),
            "TAGGED": pairs(("x:p1", "a"), ("x:p2", "a"), ("x:p2", "b"), ("x:p3", "a")),
            "MENTIONS": pairs(("x:p1", "x:9"), ("x:p4", "x:9")),
            "RETWEETS": pairs(("x:p3", "x:p0"), ("x:p4", "x:p0")),
            "REPLIES_TO": pairs(("x:p5", "x:p1")),
            "LINKS_TO": pairs(("x:p2", "https://www.news.example/1")),
        },
    )


def run_batch(run: str = "r1") -> GraphBatch:
    """A run on the small graph that found one group of two accounts and one edge."""
    group = f"{run}-1"
    return GraphBatch(
        nodes={
            "Run": rows(
                "id",
                "version",
                "parameters",
                "inputs",
                "result",
                "finished_at",
                data=[(run, "0.1.0", '{"fdr": 0.01}', "{}", "{}", at(60))],
            ),
            "Group": rows(
                "id",
                "run",
                "claim",
                "size",
                "core",
                "p",
                "layers",
                "first",
                "last",
                data=[(group, run, "campaign", 2, 1, 1e-9, "[]", at(0), at(1))],
            ),
        },
        relationships={
            "FOUND": pairs((run, group)),
            "MEMBER_OF": rows(
                "source",
                "target",
                "role",
                "episodes",
                "expected",
                "p",
                "joined_layer",
                "joined_n",
                "joined_expected",
                "joined_q",
                data=[
                    ("x:1", group, "core", 4, 0.5, 1e-9, "hashtag", 4, 0.5, 1e-3),
                    ("x:2", group, "together", 3, 0.5, 1e-3, None, None, None, None),
                ],
            ),
            "COORDINATED_WITH": rows(
                "source",
                "target",
                "run",
                "layer",
                "claim",
                "window",
                "block",
                "n",
                "expected",
                "p",
                "q",
                data=[
                    ("x:1", "x:2", run, "hashtag", "together", 60, 1800, 4, 0.5, 1e-9, 1e-6),
                    ("x:1", "x:2", run, "hashtag", "in step", 60, 1800, 3, 0.25, 1e-6, 1e-3),
                ],
            ),
            "PUSHED": rows("source", "target", "posts", "share", data=[(group, "a", 3, 1.0)]),
            "TARGETED": rows("source", "target", "posts", data=[(group, "x:9", 1)]),
        },
    )
