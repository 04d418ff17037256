"""Objects of the X API v2 (posts, users, entities) -> rows that `chunk.to_tables` understands, and profiles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from campaign_loader import values
from campaign_loader.chunk import to_tables
from campaign_loader.limits import ACCOUNT_LONG, long_key
from campaign_loader.listing import Listing, Lists
from campaign_loader.profile_columns import impossible_dates
from campaign_loader.rows import Shape
from campaign_loader.tables import ACCOUNTS, REJECTED, SNAPSHOTS, Tables, conform

LISTS = ("hashtags", "mentions", "urls")
ROW = {
    "id": pl.String, "account": pl.String, "time": pl.String, "text": pl.String, "language": pl.String,
    "client": pl.String, "retweet_of": pl.String, "quote_of": pl.String, "reply_to": pl.String,
} | dict.fromkeys(LISTS, pl.List(pl.String))  # fmt: skip
UNSEEN = "listed account that cannot be seen (suspended, deleted, withheld); its place is kept"
REFERRED = {"retweeted": "retweet_of", "quoted": "quote_of", "replied_to": "reply_to"}
PROFILE = {
    "native": pl.String, "handle": pl.String, "name": pl.String, "description": pl.String, "location": pl.String,
    "created_at": pl.String, "followers": pl.Int64, "following": pl.Int64, "posts": pl.Int64, "verified": pl.Boolean,
    "status": pl.String, "last_seen_at": pl.String,
}  # fmt: skip


def is_user(item: dict[str, Any]) -> bool:
    """Whether an object is a user; the API always gives these three."""
    return {"id", "name", "username"} <= item.keys() and not {"text", "hashtags"} & item.keys()


class Harvest:
    """Collects posts and users of several responses until `tables` is asked; `lists` go on from one to the next."""

    def __init__(self, platform: str, lists: Lists | None = None, seen_at: datetime | None = None) -> None:
        self.platform = platform
        self.lists = lists or Lists()
        self.seen_at = seen_at
        self._rows: list[dict[str, Any]] = []
        self._lines: list[int] = []
        self._users: list[dict[str, Any]] = []
        self._handles: dict[str, str] = {}
        self._broken: list[tuple[int, str, str]] = []
        self._people = self._unseen = 0

    def __len__(self) -> int:
        return len(self._rows) + len(self._users) + len(self.lists)

    def response(self, line: int, response: dict[str, Any], listing: Listing | None = None) -> None:
        """Take the posts and users of one response, and what it includes; as a page of a list where it is one."""
        data = response.get("data") or []
        items = [item for item in (data if isinstance(data, list) else [data]) if self._is_object(line, item)]
        includes = _object(response, "includes")
        tweets = [item for item in items if item and not is_user(item)] + _objects(includes, "tweets")
        people = [item for item in items if is_user(item)]
        self._people += len(people)
        self._unseen += sum(not item for item in items)
        posts = list(_all_posts(tweets))
        users = people + _objects(includes, "users") + list(_embedded_users(posts))
        users = [user for user in users if user.get("id") and user.get("username")]
        seen_at = (
            _retrieved(response)
            or (self.seen_at.isoformat() if self.seen_at else None)
            or max((str(p["created_at"]) for p in posts if p.get("created_at")), default=None)
        )
        if listing:
            members = [str(item["id"]) if item.get("id") else None for item in items if is_user(item) or not item]
            self.lists.add(listing, members, moment(seen_at))
        ids = {str(user["username"]).casefold(): str(user["id"]) for user in users}
        self._users += [_profile(user, seen_at) for user in users if user.keys() - {"id", "username", "start", "end"}]
        self._handles |= {str(user["id"]): str(user["username"]) for user in users}
        self._rows += [_row(post, ids) for post in posts]
        self._lines += [line] * len(posts)

    def no_object(self, line: int, record: Any) -> None:
        """Keep a record that is no object as rejected."""
        self.rejected(line, "no JSON object", record)

    def rejected(self, line: int, reason: str, record: Any) -> None:
        """Keep a record that cannot be taken, with the reason."""
        self._broken.append((line, reason, json.dumps(record, ensure_ascii=False)))

    def tables(self) -> Tables:
        """What was collected."""
        rows = pl.DataFrame(self._rows, ROW, orient="row")
        shape = Shape({field: field for field in ROW}, self.platform, empty_means_text=True)
        tables = to_tables(rows, shape, lambda: pl.Series(self._lines, dtype=pl.Int64))
        handle = pl.col("account").str.strip_prefix(f"{self.platform}:").replace_strict(self._handles, default=None)
        seen = self._observations()
        impossible = values.out_of_range(seen["created_at"])
        seen = seen.with_columns(seen["created_at"].set(impossible, None))
        profiles = _profiles(seen)
        strangers = tables.accounts.join(profiles, on="id", how="anti").with_columns(
            handle=pl.col("id").str.strip_prefix(f"{self.platform}:").replace_strict(self._handles, default=None)
        )
        broken = pl.DataFrame(self._broken, REJECTED, orient="row")
        listed = self.lists.take(self.platform)
        return replace(
            tables,
            follows=listed.follows,
            likes=listed.likes,
            retweeted=listed.retweeted,
            snapshots=_snapshots(seen),
            accounts=pl.concat([profiles, strangers]),
            mentions=tables.mentions.with_columns(handle=pl.coalesce("handle", handle)),
            rejected=pl.concat([tables.rejected, broken]),
            rows=tables.rows + broken.height + self._people + self._unseen,
            dropped={
                **tables.dropped,
                **impossible_dates(impossible),
                **({UNSEEN: self._unseen} if self._unseen else {}),
            },
        )

    def ids(self, listing: Listing | None, ids: Iterable[str | None]) -> None:
        """Take a page of bare ids of a list."""
        if listing:
            members = list(ids)
            self._people += len(members)
            self.lists.add(listing, members, self.seen_at)

    def _is_object(self, line: int, item: Any) -> bool:
        if not isinstance(item, dict):
            self.no_object(line, item)
        elif is_user(item) and long_key(f"{self.platform}:{item['id']}"):
            self.rejected(line, ACCOUNT_LONG, item)
        else:
            return True
        return False

    def _observations(self) -> pl.DataFrame:
        """One row each time an account was seen."""
        frame = pl.DataFrame(self._users, PROFILE, orient="row").with_columns(platform=pl.lit(self.platform))
        return frame.with_columns(
            values.times_of(frame["created_at"]).alias("created_at"),
            values.times_of(frame["last_seen_at"]).alias("last_seen_at"),
            id=pl.lit(f"{self.platform}:") + pl.col("native"),
        ).drop_nulls("native")


def _snapshots(seen: pl.DataFrame) -> pl.DataFrame:
    """The counters of those who were seen with some, at a known time."""
    frame = seen.rename({"id": "account", "last_seen_at": "at"}).drop_nulls("at")
    counted = frame.filter(pl.any_horizontal(pl.col("followers", "following", "posts").is_not_null()))
    return conform(counted.unique(["account", "at"], keep="last", maintain_order=True), SNAPSHOTS)


def _profiles(seen: pl.DataFrame) -> pl.DataFrame:
    """One row an account, its newest observation."""
    latest = seen.sort("last_seen_at", nulls_last=False, maintain_order=True)
    return conform(latest.unique("id", keep="last", maintain_order=True), ACCOUNTS)


def moment(written: str | None) -> datetime | None:
    """A time as the API writes it; None where it cannot be read."""
    try:
        read = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read


def _all_posts(items: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Posts, and the posts that flattened ones carry inside `referenced_tweets`."""
    for item in items:
        yield item
        yield from _all_posts(other for other in _objects(item, "referenced_tweets") if "text" in other)


def _embedded_users(posts: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for post in posts:
        named = [_object(post, "author"), _object(post, "in_reply_to_user"), *_objects(_entities(post), "mentions")]
        yield from (user for user in named if user)


def _retrieved(response: dict[str, Any]) -> str | None:
    """When it was collected, as twarc notes on a response and on each flattened line."""
    for place in (response, _object(response, "data")):
        if retrieved := _object(place, "__twarc").get("retrieved_at"):
            return str(retrieved)
    return None


def _entities(post: dict[str, Any]) -> dict[str, Any]:
    """Entities of the whole text: a long post has its own."""
    return _object(_object(post, "note_tweet"), "entities") or _object(post, "entities")


def _object(parent: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under a key; empty where there is none."""
    found = parent.get(key)
    return found if isinstance(found, dict) else {}


def _objects(parent: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list under a key; empty where there is none."""
    found = parent.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _row(post: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    author, note = _object(post, "author"), _object(post, "note_tweet")
    row = {
        "id": _text(post.get("id")),
        "account": _text(post.get("author_id") or author.get("id")),
        "time": _text(post.get("created_at")),
        "text": _text(note.get("text") or post.get("text")),
        "language": _text(post.get("lang")),
        "client": _text(post.get("source")),
    }
    for other in _objects(post, "referenced_tweets"):
        if field := REFERRED.get(str(other.get("type"))):
            row[field] = _text(other.get("id"))
    return row | _lists(post, ids)


def _lists(post: dict[str, Any], ids: dict[str, str]) -> dict[str, list[str] | None]:
    """Hashtags, mentions and addresses of the entities; None where there are none, so that the text is asked."""
    entities = _entities(post)
    if not entities:
        return dict.fromkeys(LISTS)
    addresses = (
        url.get("unwound_url") or url.get("expanded_url") or url.get("url") for url in _objects(entities, "urls")
    )
    return {
        "hashtags": [str(tag["tag"]) for tag in _objects(entities, "hashtags") if tag.get("tag")],
        "mentions": [found for name in _objects(entities, "mentions") if (found := _mentioned(name, ids))],
        "urls": [str(address) for address in addresses if address],
    }


def _mentioned(name: dict[str, Any], ids: dict[str, str]) -> str | None:
    handle = str(name.get("username") or "")
    known = name.get("id") or ids.get(handle.casefold())
    return str(known) if known else f"@{handle}" if handle else None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and abs(value) < 2**63 else None


def _profile(user: dict[str, Any], seen_at: str | None) -> dict[str, Any]:
    counts = _object(user, "public_metrics")
    return {
        "native": _text(user.get("id")),
        "handle": _text(user.get("username")),
        "name": _text(user.get("name")),
        "description": _text(user.get("description")),
        "location": _text(user.get("location")),
        "created_at": _text(user.get("created_at")),
        "followers": _count(counts.get("followers_count")),
        "following": _count(counts.get("following_count")),
        "posts": _count(counts.get("tweet_count")),
        "verified": user["verified"] if isinstance(user.get("verified"), bool) else None,
        "status": None if "protected" not in user else "protected" if user["protected"] else "active",
        "last_seen_at": seen_at,
    }
