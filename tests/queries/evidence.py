"""Checks of queries/evidence."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from itertools import pairwise

import polars as pl
from library_check import Ask, Check, top
from library_world import World
from small_graph import at

CATS = "Cats are the best of all animals #a"


def posts_of(world: World, ask: Ask, accounts: list[str]) -> pl.DataFrame:
    mine = world.within(ask).filter(pl.col("account").is_in(accounts))
    tags = world.rel("TAGGED", "post", "tag").group_by("post").agg(hashtags=pl.col("tag").sort())
    passed = world.rel("RETWEETS", "post", "retweeted").group_by("post").agg(pl.col("retweeted").min())
    whole = mine.join(tags, on="post", how="left").join(passed, on="post", how="left")
    listed = whole.with_columns(pl.col("hashtags").fill_null([]))
    return top(listed, "created_at", "post", limit=ask["limit"])


def account_posts(world: World, ask: Ask) -> pl.DataFrame:
    return posts_of(world, ask, [ask["account"]])


def pair_posts(world: World, ask: Ask) -> pl.DataFrame:
    return posts_of(world, ask, [ask["a"], ask["b"]])


def originals(world: World, ask: Ask) -> pl.DataFrame:
    return world.within(ask).filter(pl.col("kind").fill_null("original") != "retweet")


def used(posts: pl.DataFrame, what: str, ask: Ask) -> pl.DataFrame:
    """What several accounts used: accounts, posts, first, last."""
    when = pl.col("created_at")
    counted = posts.group_by(what).agg(
        accounts=pl.col("account").n_unique(), posts=pl.len(), first=when.min(), last=when.max()
    )
    kept = counted.filter(pl.col("accounts") >= ask["min_accounts"])
    return top(kept, "-accounts", "-posts", what, limit=ask["limit"])


def same_text(world: World, ask: Ask) -> pl.DataFrame:
    return used(originals(world, ask).filter(pl.col("text").str.len_chars() >= ask["min_length"]), "text", ask)


def same_image(world: World, ask: Ask) -> pl.DataFrame:
    return used(originals(world, ask).join(world.rel("SHOWS", "post", "image"), on="post"), "image", ask)


def shared_links(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.posts.filter(pl.col("account").is_in(ask["accounts"]))
    return used(mine.join(world.rel("LINKS_TO", "post", "url"), on="post"), "url", ask)


def group_posts(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.within(ask).join(world.members(ask["group_id"]).select("account", "role"), on="account")
    tags = world.rel("TAGGED", "post", "tag")
    with_tag = tags.filter(True if ask["tag"] is None else pl.col("tag") == ask["tag"])["post"].to_list()
    kept = mine.filter(True if ask["tag"] is None else pl.col("post").is_in(with_tag))
    return top(kept, "created_at", "post", limit=ask["limit"])


def passed_on_by(world: World, ask: Ask) -> pl.DataFrame:
    ways = (world.rel(type_, "post", "original") for type_ in ("RETWEETS", "QUOTES", "REPLIES_TO"))
    of = pl.concat(ways).filter(original=ask["post_id"]).select("post").unique()
    return top(world.posts.join(of, on="post"), "created_at", "post", limit=ask["limit"])


def same_moment(world: World, ask: Ask) -> pl.DataFrame:
    tagged = world.posts.join(world.rel("TAGGED", "post", "tag"), on="post").select(
        "account", "tag", "post", "created_at"
    )
    a = tagged.filter(account=ask["a"]).rename({"post": "a_post", "created_at": "a_at"})
    b = tagged.filter(account=ask["b"]).rename({"post": "b_post", "created_at": "b_at"})
    near = (pl.col("a_at") - pl.col("b_at")).abs() <= timedelta(seconds=ask["seconds"])
    pairs = a.join(b, on="tag").filter(near, pl.col("a_post") != pl.col("b_post"))
    return top(pairs, "a_at", "b_at", "tag", "a_post", "b_post", limit=ask["limit"])


def quick_retweets(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.passed().join(world.members(ask["group_id"]).select("account"), on="account")
    after = pl.col("created_at") - pl.col("original_at")
    kept = mine.filter(after >= timedelta(0), after <= timedelta(seconds=ask["seconds"]))
    return top(world.handles(kept).rename({"of": "author"}), "created_at", "post", limit=ask["limit"])


def pair_graph(world: World, ask: Ask) -> pl.DataFrame:
    types = ("TAGGED", "LINKS_TO", "SHOWS", "RETWEETS", "QUOTES", "REPLIES_TO")
    ties = pl.concat(world.rel(t, "post", "common").select("post", "common", tie=pl.lit(t)) for t in types)
    used = world.posts.select("account", "post", "created_at").join(ties, on="post")
    one = used.filter(account=ask["a"]).rename({"account": "one", "tie": "to"})
    two = used.filter(account=ask["b"]).rename(
        {"account": "other", "tie": "from", "post": "other_post", "created_at": "other_at"}
    )
    pairs = one.join(two, on="common").with_columns(apart=(pl.col("created_at") - pl.col("other_at")).abs())
    ordered = top(pairs, "apart", "post", "other_post", "common", limit=ask["limit"])
    return ordered.with_columns(posted=pl.lit("POSTED"), other_posted=pl.lit("POSTED"))


def neighbours(world: World) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for type_ in ("POSTED", "RETWEETS", "QUOTES", "REPLIES_TO"):
        for a, b in world.rel(type_).select("source", "target").iter_rows():
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    return near


def steps_to(world: World, ask: Ask) -> dict[str, int]:
    """Length of the shortest chain from the account to each member that is reached in eight steps."""
    near, far, queue = neighbours(world), {ask["account"]: 0}, deque([ask["account"]])
    while queue:
        here = queue.popleft()
        for there in near.get(here, set()) - set(far):
            far[there] = far[here] + 1
            queue.append(there)
    members = set(world.members(ask["group_id"])["account"]) - {ask["account"]}
    return {member: far[member] for member in members if far.get(member, 9) <= 8}


def judge_path(world: World, ask: Ask, found: pl.DataFrame) -> None:
    """Of several shortest chains any is right: this one must be a chain, as short as can be, and end at a member."""
    reached, near, chain = steps_to(world, ask), neighbours(world), found["id"].to_list()
    if not reached:
        assert chain == []
        return
    assert len(chain) == min(reached.values()) + 1
    assert chain[0] == ask["account"]
    assert chain[-1] in reached
    assert all(b in near[a] for a, b in pairwise(chain))
    assert found["step"].to_list() == list(range(len(chain)))
    texts = dict(world.node("Post").select("id", "text").iter_rows())
    assert [texts.get(id_) for id_ in chain] == found["text"].to_list()


def judge_paths(world: World, ask: Ask, found: pl.DataFrame) -> None:
    reached = steps_to(world, ask)
    assert found.height == min(len(reached), ask["limit"])


def never(world: World, ask: Ask) -> pl.DataFrame:
    raise AssertionError("several answers are right: they are judged")


RANGES: list[Ask] = [{"since": at(1)}, {"until": at(3)}, {"limit": 1}, {"min_accounts": 1}]
PATHS: list[Ask] = [{"account": f"x:{i}", "group_id": "r1-2"} for i in (1, 2, 6, 9)]
REPLY = ("x:p6", "x:3", "Cyd", at(26 * 60), "reply", "no")

CHECKS = {
    "account_posts": Check(
        account_posts,
        ask={"account": "x:4", "since": at(0)},
        known=[
            ("x:p4", "x:4", "Dan", at(2), "retweet", "RT " + CATS, ["a"], "x:p1"),
            ("x:p5", "x:4", "Dan", at(3), "retweet", "RT " + CATS, ["a", "b"], "x:p2"),
        ],
        more=[{"account": "x:1", "limit": 2}, {"account": "x:2"}, {"account": "none"}],
    ),
    "pair_posts": Check(
        pair_posts,
        ask={"a": "x:1", "b": "x:2", "until": at(60)},
        known=[
            ("x:p1", "x:1", "Ann", at(0), "original", CATS, ["a"], None),
            ("x:p2", "x:2", "Bob", at(0.5), "original", CATS, ["a", "b"], None),
        ],
        more=[{"a": "x:3", "b": "x:5"}, {"a": "x:1", "b": "x:1", "limit": 2}],
    ),
    "same_text": Check(same_text, {}, [(CATS, 2, 2, at(0), at(0.5))], [*RANGES, {"min_length": 3}]),
    "same_image": Check(same_image, {}, [("i1", 2, 2, at(0.5), at(26 * 60 + 1))], RANGES),
    "shared_links": Check(
        shared_links,
        ask={"accounts": ["x:1", "x:2", "x:3"]},
        known=[
            ("https://blog.example/1", 2, 2, at(26 * 60), at(27 * 60)),
            ("https://news.example/1", 2, 2, at(0), at(0.5)),
        ],
        more=[{"accounts": ["x:1"], "min_accounts": 1}, {"accounts": ["x:1", "x:2"], "limit": 1}],
    ),
    "group_posts": Check(
        group_posts,
        ask={"group_id": "r1-2", "tag": "b"},
        known=[
            ("x:p11", "x:4", "Dan", "together", at(-20), "original", "early #b"),
            ("x:p5", "x:4", "Dan", "together", at(3), "retweet", "RT " + CATS),
        ],
        more=[{"group_id": "r1-1"}, {"group_id": "r1-1", "since": at(1), "limit": 3}, {"group_id": "none"}],
    ),
    "passed_on_by": Check(
        passed_on_by,
        ask={"post_id": "x:p2"},
        known=[("x:p5", "x:4", "Dan", at(3), "retweet", "RT " + CATS), REPLY],
        more=[{"post_id": "x:p1"}, {"post_id": "x:p3", "limit": 1}, {"post_id": "none"}],
    ),
    "same_moment": Check(
        same_moment,
        ask={"a": "x:1", "b": "x:2"},
        known=[("a", at(0), at(0.5), "x:p1", "x:p2")],
        more=[{"a": "x:1", "b": "x:2", "seconds": 0}, {"a": "x:1", "b": "x:3", "seconds": 900, "limit": 3}],
    ),
    "quick_retweets": Check(
        quick_retweets,
        ask={"group_id": "r1-2", "seconds": 120},
        known=[
            ("x:3", "Cyd", "x:p3", at(1), "x:p1", at(0), "x:1"),
            ("x:4", "Dan", "x:p4", at(2), "x:p1", at(0), "x:1"),
        ],
        more=[{"group_id": "r1-2"}, {"group_id": "r1-1", "seconds": 600, "limit": 2}],
    ),
    "pair_graph": Check(
        pair_graph,
        ask={"a": "x:3", "b": "x:4"},
        known=[
            ("x:3", "POSTED", "x:p3", "TAGGED", "a", "TAGGED", "x:p4", "POSTED", "x:4"),
            ("x:3", "POSTED", "x:p3", "RETWEETS", "x:p1", "RETWEETS", "x:p4", "POSTED", "x:4"),
            ("x:3", "POSTED", "x:p3", "TAGGED", "a", "TAGGED", "x:p5", "POSTED", "x:4"),
            ("x:3", "POSTED", "x:p6", "REPLIES_TO", "x:p2", "RETWEETS", "x:p5", "POSTED", "x:4"),
        ],
    ),
    "path": Check(
        never,
        ask={"account": "x:5", "group_id": "r1-1"},
        known=[
            (0, "Account", "x:5", "Eve", None, None),
            (1, "Post", "x:p8", None, "RT gone", at(26 * 60 + 2)),
            (2, "Post", "x:p0", None, None, None),
            (3, "Post", "x:p9", None, "RT gone", at(26 * 60 + 2.5)),
            (4, "Account", "x:2", "Bob", None, at(-4 * 24 * 60)),
        ],
        more=PATHS,
        judge=judge_path,
    ),
    "path_graph": Check(
        never,
        ask={"account": "x:5", "group_id": "r0-1", "limit": 1},
        known=[("x:5 x:p8 x:p0 x:p9 x:2",)],
        more=PATHS,
        judge=judge_paths,
    ),
}
