"""Checks of queries/hashtags."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
from library_check import Ask, Check, top
from library_world import DAY, World
from small_graph import at

CATS = "Cats are the best of all animals #a"


def tagged(world: World, ask: Ask) -> pl.DataFrame:
    """Posts in the range with each of their hashtags."""
    return world.within(ask).join(world.rel("TAGGED", "post", "tag"), on="post").join(world.node("Hashtag"), on="tag")


def top_(world: World, ask: Ask) -> pl.DataFrame:
    when = pl.col("created_at")
    counted = (
        tagged(world, ask)
        .group_by("tag", "display")
        .agg(posts=pl.len(), accounts=pl.col("account").n_unique(), first=when.min(), last=when.max())
    )
    return top(counted, "-posts", "tag", limit=ask["limit"])


def accounts(world: World, ask: Ask) -> pl.DataFrame:
    posts = tagged(world, ask).filter(pl.col("tag").is_in(ask["tags"])).unique("post")
    if ask["originals"]:
        posts = posts.filter(pl.col("kind").fill_null("original") != "retweet")
    when, retweet = pl.col("created_at"), pl.col("kind") == "retweet"
    counted = posts.group_by("account", "handle").agg(
        posts=pl.len(), retweets=retweet.sum(), first=when.min(), last=when.max()
    )
    return top(counted, "-posts", "account")


def names(world: World, ask: Ask) -> pl.DataFrame:
    return world.node("Hashtag").filter(pl.col("tag").str.starts_with(ask["prefix"])).sort("tag").head(ask["limit"])


def posts(world: World, ask: Ask) -> pl.DataFrame:
    found = tagged(world, ask).filter(pl.col("tag").is_in(ask["tags"]))
    columns = ["post", "account", "handle", "created_at", "kind", "text"]
    whole = found.group_by(columns).agg(hashtags=pl.col("tag").sort())
    return top(whole, "created_at", "post", limit=ask["limit"])


def graph(world: World, ask: Ask) -> pl.DataFrame:
    found = top(tagged(world, ask).filter(tag=ask["tag"]), "created_at", "post", limit=ask["limit"])
    return found.select("account", "post", posted=pl.lit("POSTED"), tagged=pl.lit("TAGGED"), hashtag=pl.col("tag"))


def first_users(world: World, ask: Ask) -> pl.DataFrame:
    found = tagged(world, ask).filter(tag=ask["tag"]).sort("created_at", "post")
    counted = found.group_by("account", maintain_order=True).agg(
        pl.col("handle", "made", "post", "kind", "text").first(), first=pl.col("created_at").first(), posts=pl.len()
    )
    return top(counted, "first", "account", limit=ask["limit"])


def carried(world: World, ask: Ask) -> pl.DataFrame:
    """Retweets, in the range, of posts with the hashtag."""
    originals = world.rel("TAGGED", "original", "tag").filter(tag=ask["tag"])
    return world.passed().join(originals, on="original").join(world.within(ask).select("post"), on="post")


def carriers(world: World, ask: Ask) -> pl.DataFrame:
    counted = (
        carried(world, ask)
        .group_by(pl.col("of").alias("author"))
        .agg(posts=pl.col("original").n_unique(), retweets=pl.len(), accounts=pl.col("account").n_unique())
        .rename({"author": "account"})
    )
    return top(world.handles(counted), "-retweets", "account", limit=ask["limit"])


def carriers_graph(world: World, ask: Ask) -> pl.DataFrame:
    found = top(carried(world, ask), "created_at", "post", limit=ask["limit"])
    types = {"wrote": "POSTED", "passes": "RETWEETS", "posted": "POSTED"}
    return found.with_columns(pl.col("of").alias("author"), **{k: pl.lit(v) for k, v in types.items()})


def together(world: World, ask: Ask) -> pl.DataFrame:
    these = tagged(world, ask)
    with_tag = these.filter(tag=ask["tag"]).select("post")
    others = these.join(with_tag, on="post").filter(pl.col("tag") != ask["tag"])
    counted = others.group_by(other="tag", display="display").agg(posts=pl.len(), accounts=pl.col("account").n_unique())
    return top(counted, "-posts", "other", limit=ask["limit"])


def groups(world: World, ask: Ask) -> pl.DataFrame:
    pushed = world.rel("PUSHED", "group", "tag").filter(tag=ask["tag"])
    whole = pushed.join(world.node("Group").rename({"id": "group"}), on="group")
    return top(whole, "-posts", "group", limit=ask["limit"])


def young_accounts(world: World, ask: Ask) -> pl.DataFrame:
    found = tagged(world, {}).filter(tag=ask["tag"])
    counted = found.group_by("account", "handle", "made").agg(first=pl.col("created_at").min(), posts=pl.len())
    young = counted.filter(pl.col("first").is_between(pl.col("made"), pl.col("made") + timedelta(days=ask["days"])))
    return top(young, "made", "account", limit=ask["limit"])


TIMES: list[Ask] = [
    {"tag": "a", "since": at(1)},
    {"tag": "b", "until": at(60)},
    {"tag": "c", "limit": 1},
    {"tag": "zz"},
]

CHECKS = {
    "top": Check(
        top_,
        ask={},
        known=[
            ("a", "A", 5, 4, at(0), at(3)),
            ("b", "B", 3, 2, at(-20), at(3)),
            ("c", "C", 2, 1, at(26 * 60 + 1), at(27 * 60)),
        ],
        more=[{"limit": 1}, {"since": at(2)}, {"until": at(2)}],
    ),
    "accounts": Check(
        accounts,
        ask={"tags": ["a", "b"]},
        known=[
            ("x:4", "Dan", 3, 2, at(-20), at(3)),
            ("x:1", "Ann", 1, 0, at(0), at(0)),
            ("x:2", "Bob", 1, 0, at(0.5), at(0.5)),
            ("x:3", "Cyd", 1, 1, at(1), at(1)),
        ],
        more=[{"tags": ["a", "c"], "originals": True}, {"tags": ["b"], "since": at(0), "until": at(60)}, {"tags": []}],
    ),
    "names": Check(names, {"prefix": "b"}, [("b", "B")], [{}, {"limit": 2}]),
    "posts": Check(
        posts,
        ask={"tags": ["a", "b"], "until": at(0.5)},
        known=[
            ("x:p11", "x:4", "Dan", at(-20), "original", "early #b", ["b"]),
            ("x:p1", "x:1", "Ann", at(0), "original", CATS, ["a"]),
            ("x:p2", "x:2", "Bob", at(0.5), "original", CATS, ["a", "b"]),
        ],
        more=[{"tags": ["a"], "limit": 2}, {"tags": ["none"]}],
    ),
    "graph": Check(
        graph,
        ask={"tag": "c"},
        known=[("x:1", "POSTED", "x:p7", "TAGGED", "c"), ("x:1", "POSTED", "x:p10", "TAGGED", "c")],
        more=TIMES,
    ),
    "first_users": Check(
        first_users,
        ask={"tag": "a", "limit": 3},
        known=[
            ("x:1", "Ann", at(-5 * DAY), at(0), "x:p1", "original", CATS, 1),
            ("x:2", "Bob", at(-4 * DAY), at(0.5), "x:p2", "original", CATS, 1),
            ("x:3", "Cyd", at(-300 * DAY), at(1), "x:p3", "retweet", "RT " + CATS, 1),
        ],
        more=TIMES,
    ),
    "carriers": Check(carriers, ask={"tag": "a"}, known=[("x:1", "Ann", 1, 2, 2), ("x:2", "Bob", 1, 1, 1)], more=TIMES),
    "carriers_graph": Check(
        carriers_graph,
        ask={"tag": "b"},
        known=[("x:2", "POSTED", "x:p2", "RETWEETS", "x:p5", "POSTED", "x:4")],
        more=TIMES,
    ),
    "together": Check(together, {"tag": "a"}, [("b", "B", 2, 2)], TIMES),
    "groups": Check(
        groups,
        ask={"tag": "a"},
        known=[
            ("r1-1", "r1", "campaign", 3, 4, 0.75),
            ("r1-2", "r1", "gathering", 2, 3, 0.5),
            ("r0-1", "r0", "campaign", 2, 2, 0.25),
        ],
        more=[{"tag": "c", "limit": 1}],
    ),
    "young_accounts": Check(
        young_accounts,
        ask={"tag": "a", "days": 5},
        known=[
            ("x:1", "Ann", at(-5 * DAY), at(0), 1),
            ("x:2", "Bob", at(-4 * DAY), at(0.5), 1),
            ("x:4", "Dan", at(-10), at(2), 2),
        ],
        more=[{"tag": "b"}, {"tag": "a", "days": 0}, {"tag": "c", "limit": 1}],
    ),
}
