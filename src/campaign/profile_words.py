"""What the store knows of an account beside its meetings: `campaign show GROUP --account` speaks from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl
from campaign_analysis.results import Detection, Group
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.meeting_blocks import names_of
from campaign.reporting.numbers import day, span
from campaign.request import Request
from campaign.stored import request_of
from campaign.words import counted, listed

Row = Mapping[str, Any]

NAMED = 3  # accounts that it names, or retweets, most are told by name
NO_EVIDENCE = "Nothing was concluded from this."
WAYS = {"mention": "names", "retweet": "retweets"}


def profile_paragraph(store: Store, detection: Detection, group: Group, account: str) -> str:
    """When it was made, how it was last seen, what it posted in the time that was searched, and about whom."""
    asked = request_of(detection)
    profile = store.read(queries.get("accounts/profiles"), {"ids": [account]}).row(0, named=True)
    sentences = [
        *_profile(profile, group.first),
        *_posts(_read(store, "evidence/account_posts", asked, account=account)),
        *_targets(_read(store, "accounts/targets", asked, accounts=[account])),
    ]
    return " ".join(["What else is known of it:", *sentences, NO_EVIDENCE])


def _read(store: Store, query: str, asked: Request, **of: object) -> pl.DataFrame:
    within = {"since": asked.since, "until": asked.until, "limit": MANY}
    return store.read(queries.get(query), {**of, **within})


def _profile(profile: Row, met: datetime | None) -> list[str]:
    """`It was made on 3 Aug 2023, 214 days before the group's first meeting.` and how it was last seen."""
    made, seen = profile["created_at"], profile["last_seen_at"]
    numbers = [counted(profile[what], one, what) for what, one in (("followers", "follower"), ("posts", "post"))
               if profile[what] is not None]  # fmt: skip
    status = [f"its account is {profile['status']}"] if profile["status"] else []
    when = f" (last seen on {day(seen)})" if seen and (numbers or status) else ""
    had = [f"it has {listed(numbers)} by the platform's count"] if numbers else []
    last = listed([*had, *status])
    return [
        f"It was made on {day(made)}{_before(made, met)}." if made else "When it was made is not known.",
        *([f"{last[0].upper()}{last[1:]}{when}."] if last else []),
    ]


def _before(made: datetime, met: datetime | None) -> str:
    if met is None or met < made:
        return ""
    return f", {counted((met - made).days, 'day')} before the group's first meeting"


def _posts(posts: pl.DataFrame) -> list[str]:
    if posts.is_empty():
        return []
    retweets = posts.filter(kind="retweet").height
    kinds = f", {retweets:,} of them {'a retweet' if retweets == 1 else 'retweets'}" if retweets else ""
    times = span(posts["created_at"].min(), posts["created_at"].max())  # type: ignore[arg-type]  # of a time column
    return [f"In the time searched the store holds {counted(posts.height, 'post')} of it{kinds} ({times})."]


def _targets(targets: pl.DataFrame) -> list[str]:
    """`Most often it names @a (11 posts) and retweets @b (3 posts).`"""
    most = {way: targets.filter(way=way).sort("posts", "target", descending=[True, False]) for way in WAYS}
    told = [f"{WAYS[way]} {_some(found)}" for way, found in most.items() if found.height]
    return [f"Most often it {listed(told)}."] if told else []


def _some(found: pl.DataFrame) -> str:
    first = found.head(NAMED)
    names = names_of(dict(first.select("target", "handle").iter_rows()))
    named = [f"{names[id]} ({counted(posts, 'post')})" for id, posts in first.select("target", "posts").iter_rows()]
    others = found.height - len(named)
    return listed([*named, counted(others, "other")] if others else named)
