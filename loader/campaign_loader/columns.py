"""Which column of a table holds what: hints by name, what the user says, and one line that tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from campaign_loader.errors import AskedError, LoadError

Hints = Mapping[str, Sequence[str]]
NONE: Mapping[str, str] = MappingProxyType({})

# Field -> names of columns that hold it, the likeliest first. Names are compared in snake case.
HINTS: dict[str, tuple[str, ...]] = {
    "account": (
        "account_id", "user_id", "userid", "author_id", "user_id_str", "author_user_id", "from_user_id", "creator_id",
        "profile_id", "account", "uid", "did",
    ),
    "handle": (
        "screen_name", "user_screen_name", "username", "user_username", "author_username", "account_handle",
        "user_handle", "handle", "account_name", "user_name", "from_user", "author", "user", "name",
    ),
    "time": (
        "created_at", "timestamp", "time", "datetime", "publish_date", "published_at", "posted_at", "tweet_time",
        "post_time", "created_time", "timestamp_share", "created_utc", "post_created", "created", "date", "share_time",
    ),
    "text": (
        "full_text", "text", "content", "tweet_text", "message", "body", "post_text", "raw_content", "tweet", "caption",
    ),
    "hashtags": ("hashtags", "entities_hashtags", "hashtag", "hashtag_id", "tags", "tag"),
    "id": (
        "post_id", "tweet_id", "tweetid", "status_id", "message_id", "content_id", "id_str", "id", "post_uri", "uri",
    ),
    "mentions": (
        "mentions", "user_mentions", "entities_user_mentions", "entities_mentions", "mentioned_users", "mention",
    ),
    "retweet": ("is_retweet", "isretweet", "is_repost", "is_rt", "retweet"),
    "retweet_of": (
        "retweet_of", "retweet_tweetid", "retweeted_status_id", "retweeted_status_id_str", "retweet_id",
        "retweeted_tweet_id", "retweet_status_id", "repost_of", "repost_id",
    ),
    "reply_to": (
        "reply_to", "in_reply_to_tweetid", "in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_id",
        "in_reply_to_tweet_id", "reply_to_status_id", "reply_to_id", "reply_id",
    ),
    "quote_of": (
        "quote_of", "quoted_tweet_tweetid", "quoted_status_id_str", "quoted_status_id", "quoted_tweet_id", "quote_id",
    ),
    "urls": ("urls", "expanded_urls", "expanded_url", "urls_expanded_url", "entities_urls", "links", "url_id"),
    "domains": ("domains", "domain", "url_domain", "domain_id"),
    "images": (
        "image_hashes", "image_hash", "image_phash", "phashes", "phash", "phash_id", "media_hashes", "media_hash",
    ),
    "language": ("language", "lang", "tweet_language", "post_language"),
    "client": ("client", "source", "tweet_client_name", "client_name", "app"),
    "platform": ("platform", "network", "social_network"),
    "name": ("display_name", "user_display_name", "author_name", "user_full_name"),
    "description": ("user_profile_description", "user_description", "author_description", "bio"),
    "location": ("user_reported_location", "user_location", "author_location", "tweet_location"),
    "account_created_at": ("account_creation_date", "account_created_at", "user_created_at", "author_created_at"),
    "followers": ("followers", "follower_count", "followers_count", "user_followers_count"),
    "following": ("following", "following_count", "friends_count", "user_friends_count"),
    "posts": ("statuses_count", "user_statuses_count", "tweet_count", "updates"),
    "verified": ("verified", "user_verified"),
}  # fmt: skip
OBSERVED = ("name", "description", "location", "followers", "following", "posts", "verified")
CONTENT = ("text", "hashtags", "urls", "domains", "images", "retweet_of", "reply_to", "quote_of")


def snake(name: str) -> str:
    """`createdAt`, `Created At` and `created.at` as `created_at`: what hints are compared with."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^0-9a-z]+", "_", parted.lower()).strip("_")


def choose(columns: Sequence[str], given: Mapping[str, str], source: str) -> dict[str, str]:
    """Field -> column, by what the user gave and then by hints.

    Raises LoadError where a given field or column does not exist, or where account, time or content are missing;
    the message names the columns that are there.
    """
    chosen = check(columns, given, source)
    names = {snake(column): column for column in reversed(columns)}
    for field, hints in HINTS.items():
        if field not in chosen:
            free = (names[hint] for hint in hints if hint in names and names[hint] not in chosen.values())
            if (column := next(free, None)) is not None:
                chosen[field] = column
    _shadow_name(chosen, given)
    complete(chosen, columns, source)
    return {field: chosen[field] for field in HINTS if field in chosen}


def by_hints(there: Sequence[str], hints: Hints, chosen: Mapping[str, str] = NONE) -> dict[str, str]:
    """Field -> column, by hints, for fields that are not chosen yet, of columns that no chosen field has."""
    names = {snake(column): column for column in reversed(there) if column not in chosen.values()}
    wanted = {field: own for field, own in hints.items() if field not in chosen}
    return {field: names[hint] for field, own in wanted.items() for hint in reversed(own) if hint in names}


def late_hints(chosen: Mapping[str, str]) -> Hints:
    """The hints for columns that come late: beside an id, `name` is what the account calls itself (_shadow_name)."""
    handles = [hint for hint in HINTS["handle"] if hint != "name" or "account" not in chosen]
    return {**HINTS, "handle": handles}


def fits(columns: Sequence[str]) -> bool:
    """Whether hints alone find account, time and content."""
    try:
        choose(columns, {}, "")
    except LoadError:
        return False
    return True


def say(chosen: Mapping[str, str]) -> str:
    """The mapping as `--map` would take it."""
    return ",".join(f"{field}={column}" for field, column in chosen.items())


def check(columns: Sequence[str], given: Mapping[str, str], source: str) -> dict[str, str]:
    """The fields that the user gave. Raises AskedError where a field or a column does not exist."""
    chosen = {}
    for field, column in given.items():
        if field not in HINTS:
            raise AskedError(f"--map {field}={column}: there is no field {field}; fields are: {', '.join(HINTS)}")
        if column not in columns:
            raise AskedError(f"{source}: --map {field}={column}: no such column; columns there: {', '.join(columns)}")
        # A column of names is no column of ids, whatever it is mapped to: keys of the two differ.
        is_handle = field == "account" and snake(column) in HINTS["handle"] and "handle" not in given
        chosen["handle" if is_handle else field] = column
    return chosen


def _shadow_name(chosen: dict[str, str], given: Mapping[str, str]) -> None:
    """`name` is the handle only where nothing better is there; beside an id it is what the account calls itself."""
    if "account" in chosen and "handle" not in given and snake(chosen.get("handle", "")) == "name":
        chosen.setdefault("name", chosen.pop("handle"))


def complete(chosen: Mapping[str, str], columns: Sequence[str], source: str) -> None:
    """Raise LoadError where account, time or content have no column."""
    missing = [
        what
        for what, fields in (("account", ("account", "handle")), ("time", ("time",)), ("text or hashtags", CONTENT))
        if not any(field in chosen for field in fields)
    ]
    if missing:
        how = ",".join(f"{what.split()[0]}=COLUMN" for what in missing)
        raise LoadError(
            f"{source}: no column found for {' and '.join(missing)}; columns there: {', '.join(columns)}; "
            f"say which with --map {how}"
        )
