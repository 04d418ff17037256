"""Checks of queries/followers."""

from __future__ import annotations

import polars as pl
from library_check import Ask, Check, top
from library_world import DAY, World
from small_graph import at


def follows(world: World) -> pl.DataFrame:
    return world.rel("FOLLOWS", "follower", "followed")


def list_(world: World, ask: Ask) -> pl.DataFrame:
    who = world.accounts.select("handle", "made", "followers", follower="account")
    found = follows(world).filter(followed=ask["account"]).join(who, on="follower")
    return top(found, "rank", "follower", limit=ask["limit"])


def in_group(world: World, ask: Ask) -> pl.DataFrame:
    of = world.members(ask["group_id"])["account"].to_list()
    inside = follows(world).filter(pl.col("follower").is_in(of), pl.col("followed").is_in(of))
    back = inside.select(follower="followed", followed="follower", mutual=pl.lit(True))
    both = inside.join(back, on=["follower", "followed"], how="left").with_columns(pl.col("mutual").fill_null(False))
    named = world.handles(world.handles(both, "follower", "follower_handle"), "followed", "followed_handle")
    return top(named, "follower", "followed", limit=ask["limit"])


def in_group_graph(world: World, ask: Ask) -> pl.DataFrame:
    return in_group(world, ask).with_columns(follows=pl.lit("FOLLOWS"))


def of_group(world: World, ask: Ask) -> pl.DataFrame:
    of = world.members(ask["group_id"])["account"].to_list()
    outside = follows(world).filter(pl.col("follower").is_in(of), ~pl.col("followed").is_in(of))
    counted = outside.group_by(account="followed").agg(members=pl.len())
    kept = counted.filter(pl.col("members") >= ask["min_members"]).join(world.accounts, on="account")
    return top(kept, "-members", "account", limit=ask["limit"])


def shared(world: World, ask: Ask) -> pl.DataFrame:
    counted = (
        follows(world).filter(pl.col("followed").is_in(ask["accounts"])).group_by("follower").agg(follows=pl.len())
    )
    who = world.accounts.select("handle", "made", follower="account")
    kept = counted.filter(pl.col("follows") >= ask["min_accounts"]).join(who, on="follower")
    return top(kept, "-follows", "follower", limit=ask["limit"])


def customers(world: World, ask: Ask) -> pl.DataFrame:
    who = world.accounts.select("made", follower="account")
    counted = (
        follows(world)
        .join(who, on="follower")
        .group_by(account="followed")
        .agg(listed=pl.len(), ranked=pl.col("rank").count(), dated=pl.col("made").count())
    )
    kept = counted.filter(pl.col("listed") >= ask["min_followers"])
    of = world.accounts.select("account", "handle", "followers")
    return top(kept.join(of, on="account"), "-listed", "account", limit=ask["limit"])


def likers(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.posts.filter(account=ask["account"]).select("post")
    counted = world.rel("LIKES", "account", "post").join(mine, on="post").group_by("account").agg(posts=pl.len())
    kept = counted.filter(pl.col("posts") >= ask["min_posts"]).join(world.accounts, on="account")
    return top(kept, "-posts", "account", limit=ask["limit"])


CHECKS = {
    "customers": Check(
        customers,
        ask={"min_followers": 2},
        known=[("x:1", "Ann", 2, 2, 2, 10), ("x:9", "Target", 2, 2, 2, None)],
        more=[{}, {"min_followers": 1, "limit": 2}],
    ),
    "likers": Check(
        likers,
        ask={"account": "x:1"},
        known=[("x:2", "Bob", 1, at(-4 * DAY)), ("x:3", "Cyd", 1, at(-300 * DAY))],
        more=[{"account": "x:2"}, {"account": "x:3", "min_posts": 2}, {"account": "x:5", "limit": 1}],
    ),
    "list": Check(
        list_,
        ask={"account": "x:1"},
        known=[
            ("x:2", "Bob", 1, at(0), at(-4 * DAY), 20),
            ("x:3", "Cyd", 2, at(0), at(-300 * DAY), 30),
        ],
        more=[{"account": "x:2"}, {"account": "x:3", "limit": 1}, {"account": "none"}],
    ),
    "in_group": Check(
        in_group,
        ask={"group_id": "r1-1"},
        known=[("x:1", "Ann", "x:2", "Bob", True), ("x:2", "Bob", "x:1", "Ann", True)],
        more=[{"group_id": "r1-2"}, {"group_id": "r0-1", "limit": 1}],
    ),
    "in_group_graph": Check(in_group_graph, {"group_id": "r1-2"}, [("x:4", "FOLLOWS", "x:3")], [{"group_id": "r1-1"}]),
    "of_group": Check(
        of_group,
        ask={"group_id": "r1-1"},
        known=[("x:9", "Target", 2, None)],
        more=[{"group_id": "r1-2", "min_members": 1}, {"group_id": "r1-1", "min_members": 1, "limit": 2}],
    ),
    "shared": Check(
        shared,
        ask={"accounts": ["x:1", "x:9", "x:3"]},
        known=[("x:2", "Bob", 2, at(-4 * DAY))],
        more=[{"accounts": ["x:1"], "min_accounts": 1}, {"accounts": ["x:1", "x:2", "x:3", "x:4"], "limit": 1}],
    ),
}
