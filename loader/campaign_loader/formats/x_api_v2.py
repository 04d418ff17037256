"""Responses of the X (Twitter) API v2 as collected with twarc and others: posts or users, with `includes` or flattened.

Included posts are posts like the others. Authors come from `includes.users` or `author`. A profile is an observation at
the time of collection where twarc says it, else at the newest post of its response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from campaign_loader.errors import LoadError
from campaign_loader.harvesting import harvested
from campaign_loader.head import Head
from campaign_loader.listing import Kind, Listing, asked
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import Tables
from campaign_loader.x_objects import Harvest, is_user

NAME = "x_api_v2"
# Keys that posts and users of this API have, and tables of posts hardly.
MARKS = {"public_metrics", "referenced_tweets", "conversation_id", "edit_history_tweet_ids", "context_annotations"}
LISTED = re.compile(r"/2/(?:users|tweets)/(\d+)/(followers|following|liking_users|retweeted_by)\b")
LISTS: dict[str, Kind] = {
    "followers": "followers",
    "following": "following",
    "liking_users": "likers",
    "retweeted_by": "retweeters",
}


def sniff(head: Head) -> float:
    """Sure of a response (`data` beside `includes` or `meta`) and of posts or users with keys only this API has."""
    return 0.95 if any(_is_response(sample) or _is_object(sample) for sample in head.samples) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Posts and users of responses and of flattened lines, some thousands at a time."""
    if head.kind not in ("json", "json lines"):
        raise LoadError(f"{source.name}: is no JSON, as responses of the X API v2 are; leave --format to be recognised")
    if any(_counts(sample) for sample in head.samples):
        raise LoadError(f"{source.name}: holds numbers of posts (tweet counts), not posts; load search results")
    said = asked(options)
    return harvested(source, head, options, lambda harvest, line, record: _take(harvest, line, record, said))


def _take(harvest: Harvest, line: int, record: Any, said: Listing | None) -> None:
    if _is_response(record):
        harvest.response(line, record, said or _listing(record))
    elif isinstance(record, dict):
        harvest.response(line, {"data": record}, said or _listing(record))
    else:
        harvest.no_object(line, record)


def _listing(record: dict[str, Any]) -> Listing | None:
    """Whose list a response is a page of, by the address that twarc notes; None where it is none."""
    noted = record.get("__twarc")
    found = LISTED.search(str(noted.get("url"))) if isinstance(noted, dict) else None
    return Listing(LISTS[found[2]], found[1]) if found else None


def _is_response(record: Any) -> bool:
    if not isinstance(record, dict) or not isinstance(record.get("data"), list | dict):
        return False
    data = record["data"]
    items = data if isinstance(data, list) else [data]
    return "includes" in record or "meta" in record or any(_is_object(item) for item in items[:5])


def _is_object(item: Any) -> bool:
    """A post or a user."""
    if not isinstance(item, dict) or "id" not in item:
        return False
    return is_user(item) or ("text" in item and (bool(MARKS & item.keys()) or isinstance(item.get("author"), dict)))


def _counts(record: Any) -> bool:
    data = record.get("data") if isinstance(record, dict) else None
    return isinstance(data, list) and any(isinstance(item, dict) and "tweet_count" in item for item in data[:1])
