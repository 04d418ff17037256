"""What the report is made of. The pipeline fills it from stored queries; the report itself asks no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from campaign_analysis.results import Detection

_TIME = pl.Datetime("us", "UTC")

POSTS_SCHEMA: dict[str, Any] = {
    "post": pl.String,  # key of the post
    "account": pl.String,  # key of the author
    "handle": pl.String,  # may be null
    "created_at": _TIME,
    "kind": pl.String,  # original, retweet, quote or reply
    "text": pl.String,  # may be null
    "hashtags": pl.List(pl.String),  # casefolded, without #
}
FIRST_SCHEMA: dict[str, Any] = {"group": pl.String, "tag": pl.String} | POSTS_SCHEMA
PROFILES_SCHEMA: dict[str, Any] = {
    "id": pl.String,
    "handle": pl.String,
    "name": pl.String,
    "created_at": _TIME,
    "followers": pl.Int64,
    "following": pl.Int64,
}
SAMPLES_SCHEMA: dict[str, Any] = {
    "group": pl.String,  # id of the group
    "a": pl.String,  # the two accounts
    "b": pl.String,
    "layer": pl.String,
    "object": pl.String,  # what both acted on: a hashtag, the key of a retweeted post, a cluster of texts
    "a_post": pl.String,  # each one's post in one episode
    "a_time": _TIME,
    "a_text": pl.String,
    "b_post": pl.String,
    "b_time": _TIME,
    "b_text": pl.String,
}


@dataclass(frozen=True)
class QueryUse:
    """A stored query that supplied something, with the parameters it was given."""

    id: str
    title: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


def empty(schema: Mapping[str, Any]) -> pl.DataFrame:
    """A frame of the schema without rows."""
    return pl.DataFrame(schema=dict(schema))


@dataclass(frozen=True)
class ReportData:
    """A detection with the posts, profiles and evidence that its report shows.

    `hashtags` are those asked about, as written (empty: everything). `posts` are the posts with them (or all), each
    once; `profiles` one row a member; `samples` one row an episode of a strong pair: the two posts side by side, the
    strongest pairs first. `member_posts` are all posts of the members of the groups that are shown in detail, with all
    their hashtags, whatever was asked about (empty: those of them among `posts`); `first_posts` are all posts of
    a group's first hour with its hashtag, with the group's id, where no hashtag was asked about (`first_hour.py`).
    Columns beyond the schemas are ignored. `links` are addresses by group id that open Neo4j
    Browser; none where the store is no Neo4j. `files` are those that the graph was loaded from (`campaign.sources`).
    Raises ValueError where a column is missing.
    """

    detection: Detection
    hashtags: tuple[str, ...]
    posts: pl.DataFrame
    profiles: pl.DataFrame = field(default_factory=lambda: empty(PROFILES_SCHEMA))
    samples: pl.DataFrame = field(default_factory=lambda: empty(SAMPLES_SCHEMA))
    queries: tuple[QueryUse, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    member_posts: pl.DataFrame = field(default_factory=lambda: empty(POSTS_SCHEMA))
    first_posts: pl.DataFrame = field(default_factory=lambda: empty(FIRST_SCHEMA))
    files: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        expected = (
            ("posts", POSTS_SCHEMA),
            ("profiles", PROFILES_SCHEMA),
            ("samples", SAMPLES_SCHEMA),
            ("member_posts", POSTS_SCHEMA),
            ("first_posts", FIRST_SCHEMA),
        )
        for name, schema in expected:
            missing = sorted(set(schema) - set(getattr(self, name).columns))
            if missing:
                raise ValueError(f"the frame `{name}` of the report lacks {', '.join(missing)}")
