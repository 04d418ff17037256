"""Checks of queries/quality."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import polars as pl
from library_check import Ask, Check, top
from library_world import World
from small_graph import at


def missing(world: World, ask: Ask) -> pl.DataFrame:
    posts = world.node("Post").filter(~pl.col("placeholder"))
    accounts = world.node("Account").filter(~pl.col("placeholder"))
    posted = world.rel("POSTED")
    lacks = {
        ("Post", "time"): posts["created_at"].null_count(),
        ("Post", "text"): posts.filter(pl.col("text").fill_null("") == "").height,
        ("Post", "author"): posts.filter(~pl.col("id").is_in(posted["target"].to_list())).height,
        ("Post", "client"): posts["client"].null_count(),
        ("Account", "time of making"): accounts["created_at"].null_count(),
        ("Account", "followers"): accounts["followers"].null_count(),
        ("Account", "posts"): accounts.filter(~pl.col("id").is_in(posted["source"].to_list())).height,
    }
    nodes = {"Post": posts.height, "Account": accounts.height}
    rows = [(label, what, n, nodes[label]) for (label, what), n in lacks.items()]
    return pl.DataFrame(rows, schema=["label", "lacks", "missing", "nodes"], orient="row")


def missing_originals(world: World, ask: Ask) -> pl.DataFrame:
    ways = pl.concat(world.rel(type_, "by", "post") for type_ in ("RETWEETS", "QUOTES", "REPLIES_TO"))
    gone = ways.join(world.node("Post").filter("placeholder").select(post="id"), on="post")
    known = gone.join(world.posts.select("account", "created_at", by="post"), on="by").group_by("post")
    counted = known.agg(
        references=pl.col("by").n_unique(), accounts=pl.col("account").n_unique(), first=pl.col("created_at").min()
    )
    return top(counted, "-references", "post", limit=ask["limit"])


def gaps(world: World, ask: Ask) -> pl.DataFrame:
    hours = sorted(set(world.node("Post")["created_at"].drop_nulls().dt.truncate("1h")))
    steps = [(a, b, (b - a) // timedelta(hours=1)) for a, b in pairwise(hours)]
    frame = pl.DataFrame(steps, schema=["from_hour", "to_hour", "gap_hours"], orient="row")
    return top(frame.filter(pl.col("gap_hours") >= ask["hours"]), "-gap_hours", "from_hour", limit=ask["limit"])


def before_account(world: World, ask: Ask) -> pl.DataFrame:
    older = world.posts.filter(pl.col("created_at") < pl.col("made")).group_by("account", "handle", "made")
    counted = older.agg(posts=pl.len(), first=pl.col("created_at").min())
    return top(counted, "-posts", "account", limit=ask["limit"])


def clock(world: World, ask: Ask) -> pl.DataFrame:
    seconds = world.node("Post")["created_at"].drop_nulls().dt.second().cast(pl.Int64).alias("second")
    return top(seconds.to_frame().group_by("second").agg(posts=pl.len()), "second")


def deleted(world: World, ask: Ask) -> pl.DataFrame:
    gone = pl.col("deleted_at")
    counted = world.collected.group_by("account", "handle").agg(
        deleted=gone.count(), posts=pl.len(), last_seen_gone=gone.max()
    )
    return top(counted.filter(pl.col("deleted") > 0), "-deleted", "account", limit=ask["limit"])


def same_handle(world: World, ask: Ask) -> pl.DataFrame:
    named = world.accounts.drop_nulls("handle").group_by(name=pl.col("handle").str.to_lowercase())
    counted = named.agg(accounts=pl.len(), ids=pl.col("account").sort())
    return top(counted.filter(pl.col("accounts") > 1), "-accounts", "name", limit=ask["limit"])


def loads(world: World, ask: Ask) -> pl.DataFrame:
    names = {True: "whole", False: "damaged", None: "not finished"}
    rows = [{**row, "file": row["name"], "state": names[row["whole"]]} for row in world.node("Load").to_dicts()]
    return top(pl.DataFrame(rows, infer_schema_length=None), "file", "sha256", limit=ask["limit"])


CHECKS = {
    "missing": Check(
        missing,
        ask={},
        known=[
            ("Post", "time", 1, 13),
            ("Post", "text", 0, 13),
            ("Post", "author", 1, 13),
            ("Post", "client", 4, 13),
            ("Account", "time of making", 1, 6),
            ("Account", "followers", 1, 6),
            ("Account", "posts", 1, 6),
        ],
    ),
    "loads": Check(
        loads,
        ask={},
        known=[
            ("a.csv", "3", 30, *[None] * 5, "not finished", None, None),
            ("b.csv", "1", 10, "ira", "x", 4, 4, 0, "damaged", "0.1.0", at(98)),
            ("b.csv", "2", 20, "table", "x", 9, 8, 1, "whole", "0.1.0", at(99)),
        ],
        more=[{"limit": 2}],
    ),
    "missing_originals": Check(missing_originals, {}, [("x:p0", 2, 2, at(26 * 60 + 2))], [{"limit": 1}]),
    "gaps": Check(
        gaps,
        ask={"hours": 2},
        known=[(at(0), at(26 * 60), 26)],
        more=[{}, {"hours": 1}, {"hours": 1, "limit": 1}, {"hours": 999}],
    ),
    "before_account": Check(before_account, {}, [("x:4", "Dan", at(-10), 1, at(-20))], [{"limit": 1}]),
    "clock": Check(clock, {}, [(0, 10), (30, 2)]),
    "deleted": Check(deleted, {}, [("x:3", "Cyd", 1, 2, at(30 * 60))], [{"limit": 2}]),
    "same_handle": Check(same_handle, {}, [("ann", 2, ["x:1", "x:6"])], [{"limit": 1}]),
}
