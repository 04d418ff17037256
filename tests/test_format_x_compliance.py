"""Compliance streams: what is gone is marked and stays, in whatever order and in how many loads the files come."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from campaign_cypher import StoreTarget, connect, queries
from campaign_loader import load
from campaign_loader.options import ReadOptions
from loading import format_of, read_chunks, write

POST = {"action": "delete", "created_at": "2019-09-06T17:25:54.667Z"}
USER = {"action": "delete", "created_at": "2013-06-04T16:25:04+00:00"}
SHARED = Path(__file__).parents[2] / "shared/data/formats/x_api_v2"
EVENTS: list[dict[str, Any]] = [
    {"id": "100", **POST, "redacted_at": "2021-08-17T17:26:15.788Z", "reason": "deleted"},
    {"id": "101", **POST, "reason": "deactivated"},
    {"id": "102", **POST, "reason": "protected"},
    {"id": "10", **USER, "redacted_at": "2021-08-18T00:00:00Z", "reason": "suspended"},
    {"id": "11", **USER, "reason": "deactivated"},
    {"id": "12", **USER, "reason": "protected"},
    {"id": "13", **USER, "reason": "scrub_geo"},
    {"id": "14", **USER, "reason": "bored"},
]
POSTS = [
    {"id": "100", "author_id": "10", "created_at": "2019-09-06T17:25:54.667Z", "text": "one", "public_metrics": {}},
    {"id": "103", "author_id": "12", "created_at": "2019-09-06T17:25:55.667Z", "text": "two", "public_metrics": {}},
]


def lines(path: Path, records: list[dict[str, Any]]) -> Path:
    return write(path, "\n".join(json.dumps(record) for record in records))


def test_what_is_said_of_posts_and_accounts(tmp_path: Path) -> None:
    path = lines(tmp_path / "gone.jsonl", EVENTS)
    assert format_of(path) == "x_compliance"
    (tables,) = read_chunks(path, ReadOptions())
    gone, newest = datetime(2021, 8, 17, 17, 26, 15, 788000, UTC), datetime(2021, 8, 18, tzinfo=UTC)
    assert tables.gone.rows() == [("x:100", gone), ("x:101", newest)]  # the file is not older than its newest line
    assert tables.statuses.rows() == [("x:10", "suspended"), ("x:11", "deleted"), ("x:12", "protected")]
    assert tables.snapshots.select("account", "at", "status").rows() == [("x:10", newest, "suspended")]
    assert tables.rejected["reason"].to_list() == ["reason bored is not known"]
    assert sum(tables.dropped.values()) == 1


def test_without_any_time_posts_are_not_marked_and_that_is_said(tmp_path: Path) -> None:
    (tables,) = read_chunks(lines(tmp_path / "gone.jsonl", [EVENTS[1]]), ReadOptions())
    assert tables.gone.is_empty()
    assert tables.dropped == {"post is gone, but no line says when": 1}


@pytest.mark.parametrize("loads", [["posts gone"], ["posts", "gone"], ["gone", "posts"]])
def test_posts_stay_and_are_marked_in_whatever_order(tmp_path: Path, loads: list[str]) -> None:
    files = {
        "posts": str(lines(tmp_path / "posts.jsonl", POSTS)),
        "gone": str(lines(tmp_path / "gone.jsonl", EVENTS)),
    }
    with closing(connect(StoreTarget(str(tmp_path / "s.lbug")))) as store:
        for names in loads:
            assert not load([files[name] for name in names.split()], store).differences
        deleted = store.read(queries.get("signals/deletions"), {"accounts": ["x:10", "x:12"]})
        assert deleted["post"].to_list() == ["x:100"]
        told = store.read(queries.get("signals/profiles"), {"accounts": ["x:10", "x:11", "x:12"]})
        assert told.select("account", "status").rows() == [
            ("x:10", "suspended"),
            ("x:11", "deleted"),
            ("x:12", "protected"),
        ]
        assert store.read(queries.get("signals/everybody"))["account"].to_list() == ["x:10", "x:12"]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_the_real_samples_are_read() -> None:
    (posts,) = read_chunks(SHARED / "tweets_compliance.jsonl", ReadOptions())
    assert posts.gone["post"].to_list() == ["x:1170147183095664640"]
    (users,) = read_chunks(SHARED / "users_compliance.jsonl", ReadOptions())
    assert users.statuses.rows() == [("x:1482680858", "protected")]
