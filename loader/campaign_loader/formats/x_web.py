"""Answers that X's website gets (GraphQL): search results, timelines, followers, retweeters; JSON or JSON lines.

Whose followers an answer lists does not stand in it: say it with `--followers-of` or `--retweeters-of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaign_loader import x_web_objects as web
from campaign_loader.errors import LoadError
from campaign_loader.harvesting import harvested
from campaign_loader.head import Head
from campaign_loader.listing import Listing, asked
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import Tables
from campaign_loader.x_objects import Harvest

NAME = "x_web"
TIMELINES = ("search_by_raw_query", "user", "retweeters_timeline", "favoriters_timeline", "threaded_conversation")


def sniff(head: Head) -> float:
    """Sure of an answer whose data are a timeline's entries."""
    return 0.95 if any(_is_answer(sample) for sample in head.samples[:20]) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Posts and users, answer by answer; entries that cannot be seen any more keep their place in a list."""
    if head.kind not in ("json", "json lines"):
        raise LoadError(f"{source.name}: is no JSON, as answers of X's website are; leave --format to be recognised")
    listing = asked(options)
    if listing is None and any(_is_list(sample) for sample in head.samples[:20]):
        raise LoadError(
            f"{source.name}: lists accounts and does not say whose followers they are or what they passed on; "
            "say --followers-of ID or @HANDLE, --retweeters-of POST or --likers-of POST"
        )
    return harvested(source, head, options, lambda harvest, line, record: _take(harvest, line, record, listing))


def _take(harvest: Harvest, line: int, record: Any, listing: Listing | None) -> None:
    if not _is_answer(record):
        harvest.rejected(line, "no answer of X's website", record)
        return
    people: list[dict[str, Any]] = []
    for kind, found in web.entries(record["data"]):
        if kind == "user":
            people.append(web.user(found) if found else {})
        elif found is None:
            harvest.rejected(line, "a post that cannot be seen any more", None)
        else:
            harvest.response(line, web.response(found))
    if people:
        harvest.response(line, {"data": people}, listing)


def _is_answer(record: Any) -> bool:
    data = record.get("data") if isinstance(record, dict) else None
    return isinstance(data, dict) and any(name in data for name in TIMELINES)


def _is_list(record: Any) -> bool:
    """Whether an answer's entries are users."""
    return _is_answer(record) and any(kind == "user" for kind, _ in web.entries(record["data"]))
