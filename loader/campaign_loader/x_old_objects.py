"""Posts and users as X wrote them before the API v2 (v1.1, and its website) -> the same objects as the API v2 has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from campaign_loader.values import day_of_x

CLIENT = re.compile(r"<[^>]*>")


def is_user(item: Any) -> bool:
    """Whether an object is a user of v1.1."""
    return isinstance(item, dict) and {"id_str", "screen_name"} <= item.keys() and "user" not in item


def is_post(item: Any) -> bool:
    """Whether an object is a post of v1.1."""
    known = isinstance(item, dict) and "id_str" in item and bool({"full_text", "text"} & item.keys())
    return known and isinstance(item.get("user"), dict) and "screen_name" in item["user"]


def user(old: dict[str, Any]) -> dict[str, Any]:
    """A user as the API v2 has it."""
    counts = {"followers_count": "followers_count", "following_count": "friends_count", "tweet_count": "statuses_count"}
    new = {
        "id": _text(old.get("id_str") or old.get("id")),
        "username": old.get("screen_name"),
        "name": old.get("name"),
        "description": old.get("description"),
        "location": old.get("location"),
        "created_at": day_of_x(old.get("created_at")),
        "public_metrics": {name: old.get(before) for name, before in counts.items()},
        "verified": old.get("verified"),
    }
    return new | ({"protected": old["protected"]} if isinstance(old.get("protected"), bool) else {})


def response(old: dict[str, Any]) -> dict[str, Any]:
    """A post of v1.1, with those inside it, as a response of the API v2."""
    whole = list(_with_inner(old))
    users = [user(post["user"]) for post in whole if isinstance(post.get("user"), dict)]
    posts = [_post(post) for post in whole]
    return {"data": posts[:1], "includes": {"tweets": posts[1:], "users": users}}


def _with_inner(old: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield old
    for name in ("retweeted_status", "quoted_status"):
        inner = old.get(name)
        if isinstance(inner, dict) and inner.get("id_str"):
            yield from _with_inner(inner)


def _post(old: dict[str, Any]) -> dict[str, Any]:
    long = old.get("extended_tweet")
    long = long if isinstance(long, dict) else {}
    retweeted = _part(old, "retweeted_status").get("id_str")
    referred = {  # a retweet repeats what its original quotes or answers
        "retweeted": retweeted,
        "quoted": None if retweeted else old.get("quoted_status_id_str"),
        "replied_to": None if retweeted else old.get("in_reply_to_status_id_str"),
    }
    return {
        "id": _text(old.get("id_str")),
        "author_id": _text(_part(old, "user").get("id_str")),
        "created_at": day_of_x(old.get("created_at")),
        "text": long.get("full_text") or old.get("full_text") or old.get("text"),
        "lang": old.get("lang"),
        "source": CLIENT.sub("", str(old["source"])) or None if old.get("source") else None,
        "referenced_tweets": [{"type": type_, "id": str(id_)} for type_, id_ in referred.items() if id_],
        "entities": entities(_part(long, "entities") or _part(old, "entities")),
    }


def entities(old: dict[str, Any]) -> dict[str, Any]:
    """Hashtags, mentions and addresses of a post as the second version of the interface has them."""
    if not old:
        return {}
    mentions = ({"username": who.get("screen_name"), "id": who.get("id_str")} for who in _items(old, "user_mentions"))
    return {
        "hashtags": [{"tag": tag.get("text")} for tag in _items(old, "hashtags")],
        "mentions": list(mentions),
        "urls": [{"url": link.get("url"), "expanded_url": link.get("expanded_url")} for link in _items(old, "urls")],
    }


def _part(old: dict[str, Any], name: str) -> dict[str, Any]:
    found = old.get(name)
    return found if isinstance(found, dict) else {}


def _items(old: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = old.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
