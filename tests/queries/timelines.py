"""Checks of queries/timelines."""

from __future__ import annotations

import polars as pl
from library_check import Ask, Check, top
from library_world import DAY, World
from small_graph import at

MIDNIGHT, NEXT = at(-12 * 60), at(12 * 60)
WHEN, RETWEET = pl.col("created_at"), (pl.col("kind") == "retweet").fill_null(False)


def days(world: World, ask: Ask) -> pl.DataFrame:
    counted = world.within(ask).group_by(day=WHEN.dt.truncate("1d"))
    return top(counted.agg(posts=pl.len(), accounts=pl.col("account").n_unique()), "day", limit=ask["limit"])


def hashtag_hours(world: World, ask: Ask) -> pl.DataFrame:
    posts = world.within(ask).join(world.rel("TAGGED", "post", "tag").filter(tag=ask["tag"]), on="post")
    counted = posts.group_by(hour=WHEN.dt.truncate("1h"))
    summed = counted.agg(posts=pl.len(), accounts=pl.col("account").n_unique(), retweets=RETWEET.sum())
    return top(summed, "hour", limit=ask["limit"])


def hours_of_day(world: World, ask: Ask) -> pl.DataFrame:
    posts = world.within(ask).filter(pl.col("account").is_in(ask["accounts"]))
    counted = posts.group_by(hour=WHEN.dt.hour().cast(pl.Int64))
    return top(counted.agg(posts=pl.len(), active=pl.col("account").n_unique()), "hour")


def group_days(world: World, ask: Ask) -> pl.DataFrame:
    posts = world.posts_of(ask["group_id"]).drop_nulls("created_at").group_by(day=WHEN.dt.truncate("1d"))
    summed = posts.agg(posts=pl.len(), members=pl.col("account").n_unique(), retweets=RETWEET.sum())
    return top(summed, "day", limit=ask["limit"])


def accounts_made(world: World, ask: Ask) -> pl.DataFrame:
    accounts = world.accounts.drop_nulls("made")
    if ask["tag"]:
        used = world.posts.join(world.rel("TAGGED", "post", "tag").filter(tag=ask["tag"]), on="post")
        accounts = accounts.filter(pl.col("account").is_in(used["account"].to_list()))
    counted = accounts.group_by(day=pl.col("made").dt.truncate("1d"))
    kept = counted.agg(accounts=pl.len(), ids=pl.col("account").sort())
    return top(kept.filter(pl.col("accounts") >= ask["min_accounts"]), "-accounts", "day", limit=ask["limit"])


def last_seen(world: World, ask: Ask) -> pl.DataFrame:
    posts = world.posts.drop_nulls("created_at")
    if ask["tag"]:
        used = world.posts.join(world.rel("TAGGED", "post", "tag").filter(tag=ask["tag"]), on="post")
        posts = posts.filter(pl.col("account").is_in(used["account"].to_list()))
    last = posts.group_by("account").agg(day=WHEN.max().dt.truncate("1d")).group_by("day")
    kept = last.agg(accounts=pl.len(), ids=pl.col("account").sort())
    return top(kept.filter(pl.col("accounts") >= ask["min_accounts"]), "-accounts", "day", limit=ask["limit"])


def seconds_of_minute(world: World, ask: Ask) -> pl.DataFrame:
    posts = world.posts.drop_nulls("created_at").filter(pl.col("account").is_in(ask["accounts"]))
    counted = posts.group_by(second=WHEN.dt.second().cast(pl.Int64))
    return top(counted.agg(posts=pl.len(), active=pl.col("account").n_unique()), "second")


def snapshots(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.rel("OBSERVED", "account", "id").filter(account=ask["account"])
    return top(mine.join(world.node("Snapshot"), on="id"), "at", limit=ask["limit"])


CHECKS = {
    "days": Check(
        days,
        ask={},
        known=[(MIDNIGHT, 6, 4), (NEXT, 5, 4)],
        more=[{"limit": 1}, {"since": at(1)}, {"until": at(1)}],
    ),
    "hashtag_hours": Check(
        hashtag_hours,
        ask={"tag": "b"},
        known=[(at(-60), 1, 1, 0), (at(0), 2, 2, 1)],
        more=[{"tag": "a"}, {"tag": "c", "limit": 1}, {"tag": "a", "since": at(1), "until": at(DAY)}],
    ),
    "hours_of_day": Check(
        hours_of_day,
        ask={"accounts": ["x:1", "x:4"]},
        known=[(11, 1, 1), (12, 3, 2), (14, 1, 1), (15, 1, 1)],
        more=[{"accounts": ["x:2"], "since": at(60)}, {"accounts": []}],
    ),
    "group_days": Check(
        group_days,
        ask={"group_id": "r1-1"},
        known=[(MIDNIGHT, 5, 3, 2), (NEXT, 3, 2, 1)],
        more=[{"group_id": "r1-2", "limit": 1}, {"group_id": "none"}],
    ),
    "accounts_made": Check(
        accounts_made,
        ask={},
        known=[(at(-5 * DAY - 12 * 60), 2, ["x:1", "x:6"])],
        more=[{"min_accounts": 1}, {"tag": "a", "min_accounts": 1}, {"tag": "zz"}, {"min_accounts": 1, "limit": 2}],
    ),
    "last_seen": Check(
        last_seen,
        ask={},
        known=[(NEXT, 4, ["x:1", "x:2", "x:3", "x:5"])],
        more=[{"min_accounts": 1}, {"tag": "a", "min_accounts": 1}, {"tag": "zz"}, {"min_accounts": 1, "limit": 1}],
    ),
    "seconds_of_minute": Check(
        seconds_of_minute,
        ask={"accounts": ["x:1", "x:2"]},
        known=[(0, 3, 1), (30, 2, 1)],
        more=[{"accounts": ["x:4"]}, {"accounts": []}],
    ),
    "snapshots": Check(
        snapshots,
        ask={"account": "x:1"},
        known=[(at(0), 10, None, None, "active"), (at(60), 12, None, None, "active")],
        more=[{"account": "x:2"}, {"account": "x:1", "limit": 1}],
    ),
}
