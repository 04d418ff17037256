"""Checks of queries/accounts."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
from library_check import Ask, Check, top
from library_world import DAY, World
from small_graph import at

NEVER = (None, None, None, None, None)


def profiles(world: World, ask: Ask) -> pl.DataFrame:
    return world.node("Account").filter(pl.col("id").is_in(ask["ids"])).sort("id")


def hashtags(world: World, ask: Ask) -> pl.DataFrame:
    tags = world.within(ask).join(world.rel("TAGGED", "post", "tag"), on="post")
    mine = tags.filter(pl.col("account").is_in(ask["accounts"])).group_by("tag").agg(posts=pl.len())
    dated = world.node("Post").rename({"id": "post"}).filter(pl.col("created_at").is_not_null())
    if ask["since"]:
        dated = dated.filter(pl.col("created_at") >= ask["since"])
    everybody = dated.join(world.rel("TAGGED", "post", "tag"), on="post").group_by("tag").agg(all_posts=pl.len())
    whole = mine.join(everybody, on="tag").join(world.node("Hashtag"), on="tag")
    return top(whole, "-posts", "tag", limit=ask["limit"])


def targets(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.within(ask).filter(pl.col("account").is_in(ask["accounts"])).select("post", "kind")
    own = mine.filter(pl.col("kind").fill_null("original") != "retweet")  # a retweet's own mentions do not count
    authors = world.posts.select("account", original="post")
    ways = {
        "mention": own.join(world.rel("MENTIONS", "post", "target"), on="post"),
        "retweet": mine.join(world.rel("RETWEETS", "post", "original"), on="post")
        .join(authors, on="original")
        .rename({"account": "target"}),
    }
    return pl.concat(
        top(frame.group_by("target").agg(posts=pl.len()), "-posts", "target", limit=ask["limit"])
        .join(world.accounts.select("handle", target="account"), on="target")
        .select("target", "handle", pl.lit(way).alias("way"), "posts")
        for way, frame in ways.items()
    )


def gone(world: World, ask: Ask) -> pl.DataFrame:
    left = world.accounts.filter(pl.col("status").is_in(["suspended", "deleted", "protected"]))
    if ask["status"]:
        left = left.filter(status=ask["status"])
    posts = world.collected.select("account", "post", "deleted_at", "created_at")
    counted = (
        left.join(posts, on="account", how="left")
        .group_by("account", "handle", "status")
        .agg(
            posts=pl.col("post").count(),
            deleted=pl.col("deleted_at").count(),
            first=pl.col("created_at").min(),
            last=pl.col("created_at").max(),
        )
    )
    return top(counted, "-posts", "account", limit=ask["limit"])


def find(world: World, ask: Ask) -> pl.DataFrame:
    def has(name: str) -> pl.Expr:
        return pl.col(name).str.to_lowercase().str.contains(ask["text"].lower(), literal=True)

    return top(world.accounts.filter(has("handle") | has("name")), "account", limit=ask["limit"])


def busiest(world: World, ask: Ask) -> pl.DataFrame:
    when, retweet = pl.col("created_at"), pl.col("kind").fill_null("") == "retweet"
    counted = world.within(ask).group_by("account", "handle")
    summed = counted.agg(posts=pl.len(), retweets=retweet.sum(), first=when.min(), last=when.max())
    return top(summed, "-posts", "account", limit=ask["limit"])


def passed_on(world: World, ask: Ask) -> pl.DataFrame:
    passed = world.passed().join(world.within(ask).select("post"), on="post")
    counted = (
        passed.rename({"account": "by", "of": "account"})
        .group_by("account")
        .agg(retweets=pl.len(), posts=pl.col("original").n_unique(), accounts=pl.col("by").n_unique())
    )
    return top(world.handles(counted), "-retweets", "account", limit=ask["limit"])


def mentioned(world: World, ask: Ask) -> pl.DataFrame:
    own = world.within(ask).filter(pl.col("kind").fill_null("original") != "retweet").select("post", by="account")
    counted = (
        own.join(world.rel("MENTIONS", "post", "account"), on="post")
        .group_by("account")
        .agg(posts=pl.len(), accounts=pl.col("by").n_unique())
    )
    return top(counted.join(world.accounts.drop("posts"), on="account"), "-posts", "account", limit=ask["limit"])


def retweeters(world: World, ask: Ask) -> pl.DataFrame:
    passed = world.passed().filter(pl.col("of") == ask["account"], pl.col("account") != ask["account"])
    when = pl.col("created_at")
    counted = (
        world.handles(passed).group_by("account", "handle").agg(retweets=pl.len(), first=when.min(), last=when.max())
    )
    return top(counted.rename({"account": "by"}), "-retweets", "by", limit=ask["limit"])


def same_description(world: World, ask: Ask) -> pl.DataFrame:
    described = world.accounts.filter(pl.col("description") != "").group_by("description")
    counted = described.agg(accounts=pl.len(), ids=pl.col("account").sort())
    kept = counted.filter(pl.col("accounts") >= ask["min_accounts"])
    return top(kept, "-accounts", "description", limit=ask["limit"])


def same_name(world: World, ask: Ask) -> pl.DataFrame:
    lowered = world.accounts.with_columns(pl.col("name").str.to_lowercase()).filter(pl.col("name") != "")
    counted = lowered.group_by("name").agg(accounts=pl.len(), ids=pl.col("account").sort())
    kept = counted.filter(pl.col("accounts") >= ask["min_accounts"])
    return top(kept, "-accounts", "name", limit=ask["limit"])


def young(world: World, ask: Ask) -> pl.DataFrame:
    first, made = pl.col("first"), pl.col("made")
    counted = (
        world.within({}).group_by("account", "handle", "made").agg(first=pl.col("created_at").min(), posts=pl.len())
    )
    kept = counted.filter(first >= made, first - made <= timedelta(days=ask["days"]))
    return top(kept, "-posts", "account", limit=ask["limit"])


def groups(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.rel("MEMBER_OF", "account", "group").filter(account=ask["account"])
    found = mine.join(world.node("Group").select("run", "claim", "size", group="id"), on="group")
    return top(found, "group", limit=ask["limit"])


def status(world: World, ask: Ask) -> pl.DataFrame:
    collected = world.accounts.filter(~pl.col("placeholder")).drop("posts")
    posts = collected.join(world.collected.select("account", "post"), on="account", how="left")
    counted = posts.group_by(pl.col("status").fill_null("unknown"))
    return top(counted.agg(accounts=pl.col("account").n_unique(), posts=pl.col("post").count()), "-accounts", "status")


def clients(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.collected.filter(pl.col("account").is_in(ask["accounts"]))
    counted = mine.group_by("account", "handle", pl.col("client").fill_null("unknown")).agg(posts=pl.len())
    return top(counted, "-posts", "account", "client", limit=ask["limit"])


RANGES: list[Ask] = [{"since": at(1)}, {"until": at(3)}, {"limit": 1}]

CHECKS = {
    "gone": Check(
        gone,
        ask={},
        known=[("x:2", "Bob", "suspended", 2, 0, at(0.5), at(26 * 60 + 2.5))],
        more=[{"status": "suspended", "limit": 2}, {"status": "deleted"}],
    ),
    "profiles": Check(
        profiles,
        ask={"ids": ["x:9", "x:1", "none"]},
        known=[
            (
                "x:1",
                None,
                "Ann",
                "Ann A",
                "we love cats",
                None,
                at(-5 * DAY),
                10,
                None,
                None,
                None,
                None,
                "active",
                None,
                False,
            ),
            ("x:9", None, "Target", *NEVER, *NEVER, None, True),
        ],
        more=[{"ids": []}],
    ),
    "hashtags": Check(
        hashtags,
        ask={"accounts": ["x:1", "x:2"]},
        known=[("a", "A", 2, 5), ("c", "C", 2, 2), ("b", "B", 1, 3)],
        more=[{"accounts": ["x:4"], "since": at(1)}, {"accounts": ["x:1"], "limit": 1}, {"accounts": []}],
    ),
    "targets": Check(
        targets,
        ask={"accounts": ["x:3", "x:4"]},
        known=[
            ("x:2", "Bob", "mention", 1),
            *[("x:1", "Ann", "retweet", 2), ("x:2", "Bob", "retweet", 1)],
        ],
        more=[{"accounts": ["x:1"], "until": at(60)}, {"accounts": ["x:1", "x:5"], "limit": 2}],
    ),
    "find": Check(
        find,
        ask={"text": "ANN"},
        known=[
            ("x:1", "Ann", "Ann A", at(-5 * DAY), 10, False),
            ("x:6", "ann", "Other", at(-5 * DAY + 60), 0, False),
        ],
        more=[{"text": "e"}, {"text": "han1", "limit": 1}, {"text": "' OR 1=1 //"}],
    ),
    "busiest": Check(
        busiest,
        ask={"limit": 3},
        known=[
            ("x:1", "Ann", 3, 0, at(0), at(27 * 60)),
            ("x:4", "Dan", 3, 2, at(-20), at(3)),
            ("x:2", "Bob", 2, 1, at(0.5), at(26 * 60 + 2.5)),
        ],
        more=RANGES,
    ),
    "passed_on": Check(passed_on, {}, [("x:1", "Ann", 2, 1, 2), ("x:2", "Bob", 1, 1, 1)], RANGES),
    "mentioned": Check(mentioned, {}, [("x:9", "Target", 2, 1, True), ("x:2", "Bob", 1, 1, False)], RANGES),
    "retweeters": Check(
        retweeters,
        ask={"account": "x:1"},
        known=[("x:3", "Cyd", 1, at(1), at(1)), ("x:4", "Dan", 1, at(2), at(2))],
        more=[{"account": "x:2"}, {"account": "x:3", "limit": 1}],
    ),
    "same_description": Check(
        same_description,
        {},
        [("we love cats", 2, ["x:1", "x:2"])],
        [{"min_accounts": 1}, {"min_accounts": 1, "limit": 2}],
    ),
    "same_name": Check(
        same_name,
        {},
        [],
        [{"min_accounts": 1}, {"min_accounts": 1, "limit": 2}],
    ),
    "young": Check(
        young,
        ask={"days": 5},
        # Ann posts on the minute five days after she was made; Dan's first post is older than Dan
        known=[("x:1", "Ann", at(-5 * DAY), at(0), 3), ("x:2", "Bob", at(-4 * DAY), at(0.5), 2)],
        more=[{}, {"days": 0}, {"days": 300, "limit": 1}],
    ),
    "groups": Check(
        groups,
        ask={"account": "x:4"},
        known=[
            ("r1-1", "r1", "campaign", 3, "together", 2, 1e-3),
            ("r1-2", "r1", "gathering", 2, "together", 3, 1e-3),
        ],
        more=[{"account": "x:1"}, {"account": "none"}],
    ),
    "status": Check(status, {}, [("active", 3, 6), ("unknown", 2, 4), ("suspended", 1, 2)]),
    "clients": Check(
        clients,
        ask={"accounts": ["x:3", "x:4"]},
        known=[
            ("x:4", "Dan", "phone", 2),
            ("x:3", "Cyd", "phone", 1),
            ("x:3", "Cyd", "web", 1),
            ("x:4", "Dan", "unknown", 1),
        ],
        more=[{"accounts": ["x:1", "x:2"], "limit": 2}, {"accounts": []}],
    ),
}
