"""The hour in which a group set out: when it begins, and on which hashtag."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import polars as pl
from campaign_analysis.results import Group

HOUR = timedelta(hours=1)
SEVERAL = 3  # accounts of the group that must post within an hour for it to be its first; else two, else one


def first_hour(group: Group, posts: pl.DataFrame) -> datetime | None:
    """The beginning of the first hour in which three accounts of the group posted (two or one where there is no such).

    It is the first of these posts; a lone post days ahead of the rest would otherwise be called the beginning.
    `posts`: account, created_at; those of others are left aside. None without a post of the group.
    """
    ids = [m.id for m in group.accounts]
    mine = posts.filter(pl.col("account").is_in(ids) & pl.col("created_at").is_not_null()).sort("created_at", "account")
    times, accounts = mine["created_at"].to_list(), mine["account"].to_list()
    for wanted in range(min(SEVERAL, len(set(accounts))), 0, -1):
        if (found := _first(times, accounts, wanted)) is not None:
            return found
    return None


def _first(times: list[datetime], accounts: list[str], wanted: int) -> datetime | None:
    """The first of the times (ascending) within an hour of which so many accounts post, its own included."""
    seen: Counter[str] = Counter()
    end = 0
    for start, time in enumerate(times):
        while end < len(times) and times[end] - time < HOUR:
            seen[accounts[end]] += 1
            end += 1
        if len(seen) >= wanted:
            return time
        seen[accounts[start]] -= 1
        if not seen[accounts[start]]:
            del seen[accounts[start]]
    return None


def met_most_on(group: Group) -> str | None:
    """The hashtag on which the group's linked pairs met most often; None where they met on none.

    Of a result in which nobody counted that it is the one that the group used most.
    """
    tags = sorted(group.hashtags, key=lambda t: (-(t.meetings or 0), -t.posts, t.tag))
    return tags[0].tag if tags and tags[0].meetings != 0 else None
