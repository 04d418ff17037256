"""Posts and users as X's website gets them (GraphQL) -> the same objects as the API v2 has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaign_loader import x_old_objects as old
from campaign_loader.values import day_of_x

Found = tuple[str, dict[str, Any] | None]


def entries(answer: Any) -> Iterator[Found]:
    """("tweet", object) or ("user", object) for each entry of an answer's timelines, in order; None: cannot be seen."""
    if isinstance(answer, dict):
        for name, kind in (("tweet_results", "tweet"), ("user_results", "user")):
            if isinstance(answer.get(name), dict):
                yield kind, _visible(answer[name].get("result"))
                return
        for part in answer.values():
            yield from entries(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from entries(part)


def user(result: dict[str, Any]) -> dict[str, Any]:
    """A user as the API v2 has it; the website moved names and counters from `legacy` to places of their own."""
    legacy, core = _part(result, "legacy"), _part(result, "core")
    counts, posts = _part(result, "relationship_counts"), _part(result, "tweet_counts")
    older = old.user(legacy | {"id_str": result.get("rest_id")})
    metrics = older["public_metrics"]
    private = _part(result, "privacy").get("protected", legacy.get("protected"))
    place = result.get("location")
    new = older | {
        "username": core.get("screen_name") or older["username"],
        "name": core.get("name") or older["name"],
        "created_at": day_of_x(core.get("created_at")) or older["created_at"],
        "description": _part(result, "profile_bio").get("description") or older["description"],
        "location": (place.get("location") if isinstance(place, dict) else None) or older["location"],
        "public_metrics": {
            "followers_count": counts.get("followers", metrics["followers_count"]),
            "following_count": counts.get("following", metrics["following_count"]),
            "tweet_count": posts.get("tweets", metrics["tweet_count"]),
        },
        "verified": _part(result, "verification").get("verified", older["verified"]),
    }
    return new | ({"protected": private} if isinstance(private, bool) else {})


def response(tweet: dict[str, Any]) -> dict[str, Any]:
    """A post, with those inside it, as a response of the API v2."""
    posts, users = [], []
    for each in _with_inner(tweet):
        post, author = _post(each)
        posts.append(post)
        users += [author] if author else []
    return {"data": posts[:1], "includes": {"tweets": posts[1:], "users": users}}


def _visible(result: Any) -> dict[str, Any] | None:
    """The object of a result; what is behind a warning is unwrapped; None for what is gone or withheld."""
    if not isinstance(result, dict):
        return None
    if isinstance(result.get("tweet"), dict):
        result = result["tweet"]
    return result if result.get("rest_id") else None


def _with_inner(tweet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tweet
    for parent, name in ((_part(tweet, "legacy"), "retweeted_status_result"), (tweet, "quoted_status_result")):
        inner = _visible(_part(parent, name).get("result"))
        if inner:
            yield from _with_inner(inner)


def _post(tweet: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    legacy = _part(tweet, "legacy")
    author = _visible(_part(_part(tweet, "core"), "user_results").get("result"))
    retweeted = _visible(_part(legacy, "retweeted_status_result").get("result"))
    as_old = legacy | {
        "id_str": tweet.get("rest_id"),
        "source": tweet.get("source"),
        "user": {"id_str": author["rest_id"] if author else legacy.get("user_id_str")},
        "retweeted_status": {"id_str": retweeted["rest_id"]} if retweeted else None,
    }
    post: dict[str, Any] = old.response(as_old | {"quoted_status": None})["data"][0]
    if retweeted:
        post["referenced_tweets"] = [{"type": "retweeted", "id": str(retweeted["rest_id"])}]
    note = _part(_part(_part(tweet, "note_tweet"), "note_tweet_results"), "result")
    if note.get("text"):
        post["entities"] = {}  # those of the text that was cut: where the whole text has none of its own it is asked
        post["note_tweet"] = {"text": note["text"], "entities": old.entities(_part(note, "entity_set"))}
    return post, user(author) if author else None


def _part(parent: dict[str, Any], name: str) -> dict[str, Any]:
    found = parent.get(name)
    return found if isinstance(found, dict) else {}
