"""Answers of the X (Twitter) API v1.1: posts (search, timelines), users, pages of follower ids or of followers.

JSON lines or one document. A page of ids or users is a list of somebody's: say whose with `--followers-of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaign_loader import x_old_objects as old
from campaign_loader.errors import LoadError
from campaign_loader.harvesting import harvested
from campaign_loader.head import Head
from campaign_loader.listing import Listing, asked
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import Tables
from campaign_loader.x_objects import Harvest

NAME = "x_api_v1"


def sniff(head: Head) -> float:
    """Sure of posts and users as only this API writes them, and of pages of ids with a cursor."""
    return 0.95 if any(_known(sample) for sample in head.samples[:20]) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Posts, users and pages, some thousands at a time."""
    if head.kind not in ("json", "json lines"):
        raise LoadError(f"{source.name}: is no JSON, as answers of the X API v1.1 are; leave --format to be recognised")
    listing = asked(options)
    if listing is None and any(_is_ids(sample) for sample in head.samples[:20]):
        raise LoadError(
            f"{source.name}: holds ids of accounts and does not say whose followers they are; "
            "say --followers-of ID or @HANDLE"
        )
    return harvested(source, head, options, lambda harvest, line, record: _take(harvest, line, record, listing))


def _take(harvest: Harvest, line: int, record: Any, listing: Listing | None) -> None:
    if old.is_post(record):
        harvest.response(line, old.response(record))
    elif old.is_user(record):
        harvest.response(line, {"data": [old.user(record)]}, listing)
    elif _is_ids(record):
        harvest.ids(listing, [str(id_) for id_ in record["ids"]])
    elif _pages_users(record):
        harvest.response(line, {"data": [old.user(user) for user in record["users"]]}, listing)
    elif isinstance(record, dict) and isinstance(record.get("statuses"), list):
        for post in record["statuses"]:
            _take(harvest, line, post, listing)
    else:
        harvest.rejected(line, "no post, user or page of ids of the X API v1.1", record)


def _known(record: Any) -> bool:
    if not isinstance(record, dict):
        return False
    statuses = record.get("statuses")
    searched = isinstance(statuses, list) and bool(statuses) and old.is_post(statuses[0])
    return old.is_post(record) or old.is_user(record) or _is_ids(record) or _pages_users(record) or searched


def _is_ids(record: Any) -> bool:
    return isinstance(record, dict) and isinstance(record.get("ids"), list) and "next_cursor" in record


def _pages_users(record: Any) -> bool:
    users = record.get("users") if isinstance(record, dict) else None
    return isinstance(users, list) and "next_cursor" in record and all(old.is_user(user) for user in users)
