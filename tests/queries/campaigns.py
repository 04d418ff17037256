"""Checks of queries/campaigns."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
from library_check import Ask, Check, top
from library_world import DAY, World
from small_graph import at

POSTED, RETWEETS = pl.lit("POSTED"), pl.lit("RETWEETS")


def groups(world: World) -> pl.DataFrame:
    return world.node("Group").rename({"id": "group"})


def list_(world: World, ask: Ask) -> pl.DataFrame:
    found = groups(world).filter(True if ask["claim"] is None else pl.col("claim") == ask["claim"])
    return top(found, "-size", "group", limit=ask["limit"])


def members(world: World, ask: Ask) -> pl.DataFrame:
    found = world.members(ask["group_id"]).join(world.accounts, on="account")
    return top(found, "role", "account", limit=ask["limit"])


def made_together(world: World, ask: Ask) -> pl.DataFrame:
    of = world.members(ask["group_id"]).join(world.accounts, on="account").select("account", "handle", "made")
    pairs = of.join(of, how="cross", suffix="_b").filter(pl.col("account") != pl.col("account_b"))
    near = pairs.filter((pl.col("made") - pl.col("made_b")).abs() <= timedelta(days=ask["days"]))
    b = pl.col("made_b")
    counted = near.group_by("account", "handle", "made").agg(others=pl.len(), first=b.min(), last=b.max())
    return top(counted, "-others", "made", "account", limit=ask["limit"])


def own_hashtags(world: World, ask: Ask) -> pl.DataFrame:
    tags = world.posts.join(world.rel("TAGGED", "post", "tag"), on="post")
    inside = pl.col("account").is_in(world.members(ask["group_id"])["account"].to_list())
    counted = tags.group_by("tag").agg(
        posts=inside.sum(), others=(~inside).sum(), members=pl.col("account").filter(inside).n_unique()
    )
    kept = counted.filter(posts=pl.col("posts").clip(ask["min_posts"])).filter(pl.col("others") <= ask["outside"])
    return top(
        kept.filter(pl.col("posts") > 0).join(world.node("Hashtag"), on="tag"), "-posts", "tag", limit=ask["limit"]
    )


def targets(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.posts_of(ask["group_id"]).select("account", "post", "kind")
    ways = {"retweet": "RETWEETS", "quote": "QUOTES", "reply": "REPLIES_TO"}
    author = world.rel("POSTED", "target", "original")
    found = {
        way: mine.join(world.rel(type_, "post", "original"), on="post").join(author, on="original")
        for way, type_ in ways.items()
    }
    own = mine.filter(pl.col("kind").fill_null("original") != "retweet")
    found["mention"] = own.join(world.rel("MENTIONS", "post", "target"), on="post")
    return pl.concat(targets_by(world, way, frame, ask["limit"]) for way, frame in found.items())


def targets_by(world: World, way: str, frame: pl.DataFrame, limit: int) -> pl.DataFrame:
    others = frame.filter(pl.col("account") != pl.col("target"))
    counted = others.group_by("target").agg(posts=pl.len(), members=pl.col("account").n_unique())
    named = world.handles(counted, "target").with_columns(way=pl.lit(way))
    return top(named, "-posts", "target", limit=limit).select("way", "target", "handle", "posts", "members")


def targets_graph(world: World, ask: Ask) -> pl.DataFrame:
    found = top(world.rel("TARGETED", "found", "target").filter(found=ask["group_id"]), "-posts", "target")
    return found.head(ask["limit"]).with_columns(targeted=pl.lit("TARGETED"))


def bridges(world: World, ask: Ask) -> pl.DataFrame:
    first, second = (world.members(ask[name]) for name in ("group_id", "other_id"))
    both = first.select("account", first="episodes").join(second.select("account", second="episodes"), on="account")
    parts = {"member": both}
    edges = world.both_ways(None).select("account", "run", other="partner", what="partner")
    passed = world.passed().select("account", run=pl.lit(None), other="of", what="post")
    for way, ties in (("acts with", edges), ("retweets", passed.filter(pl.col("account") != pl.col("other")))):
        one, two = (tied(ties, side, ask[name]) for side, name in ((first, "group_id"), (second, "other_id")))
        parts[way] = one.join(two.rename({"first": "second"}), on="account")
    rows = [
        top(world.handles(part), "account", limit=ask["limit"]).select(
            pl.lit(way).alias("way"), "account", "handle", pl.col("first", "second").cast(pl.Int64)
        )
        for way, part in parts.items()
    ]
    return pl.concat(rows)


def tied(ties: pl.DataFrame, members: pl.DataFrame, group: str) -> pl.DataFrame:
    mine = ties.filter(pl.col("other").is_in(members["account"].to_list()))
    mine = mine.filter(pl.col("run").fill_null(group[:2]) == group[:2])
    return mine.group_by("account").agg(first=pl.col("what").n_unique())


def bridges_graph(world: World, ask: Ask) -> pl.DataFrame:
    names = {ask["group_id"], ask["other_id"]}
    ways = bridges(world, {**ask, "limit": None}).filter(way="retweets").select("account")
    belongs = world.rel("MEMBER_OF", "of", "found").filter(pl.col("found").is_in(names)).select("of", "found")
    found = world.passed().join(ways, on="account").join(belongs, on="of")
    found = top(found, "account", "post", "of", "found", limit=ask["limit"])
    types = {"posted": POSTED, "passes": RETWEETS, "wrote": POSTED, "belongs": pl.lit("MEMBER_OF")}
    return found.with_columns(member="of", **types)


def compare(world: World, ask: Ask) -> pl.DataFrame:
    rows = []
    for what, things in COMPARED.items():
        one, two = (set(things(world, ask[name]).drop_nulls()) for name in ("group_id", "other_id"))
        rows.append((what, len(one), len(two), len(one & two)))
    return pl.DataFrame(rows, schema=["what", "first", "second", "both"], orient="row")


def of_group(type_: str):
    return lambda world, group: world.rel(type_, "group", "thing").filter(group=group)["thing"]


COMPARED = {
    "members": lambda world, group: world.members(group)["account"],
    "core members": lambda world, group: world.members(group).filter(role="core")["account"],
    "hashtags pushed": of_group("PUSHED"),
    "targets": of_group("TARGETED"),
    "sites linked": lambda world, group: sites_of(world, group)["domain"],
    "posts retweeted": lambda world, group: world.posts_of(group).join(world.rel("RETWEETS", "post", "o"), on="post")[
        "o"
    ],
}


def similar(world: World, ask: Ask) -> pl.DataFrame:
    mine = set(world.members(ask["group_id"])["account"])
    sizes = dict(world.node("Group").select("id", "size").rows())
    shared = {g: len(mine & set(world.members(g)["account"])) for g in sizes if g != ask["group_id"]}
    union = {g: sizes[g] + sizes[ask["group_id"]] - n for g, n in shared.items()}
    rows = [(g, n, n / union[g]) for g, n in shared.items() if n]
    frame = pl.DataFrame(rows, schema=["group", "shared", "similarity"], orient="row")
    return top(frame.join(groups(world), on="group"), "-shared", "group", limit=ask["limit"])


def hashtags(world: World, ask: Ask) -> pl.DataFrame:
    pushed = world.rel("PUSHED", "group", "tag").filter(group=ask["group_id"]).join(world.node("Hashtag"), on="tag")
    return top(pushed, "-posts", "tag", limit=ask["limit"])


def sites_of(world: World, group: str | None) -> pl.DataFrame:
    links = world.rel("LINKS_TO", "post", "url").join(world.node("Url"), on="url").drop_nulls("domain")
    return (world.posts if group is None else world.posts_of(group)).join(links, on="post")


def sites(world: World, ask: Ask) -> pl.DataFrame:
    posts, accounts = pl.col("post").n_unique(), pl.col("account").n_unique()
    mine = sites_of(world, ask["group_id"]).group_by("domain").agg(posts=posts, members=accounts)
    everybody = sites_of(world, None).group_by("domain").agg(everybody=accounts)
    whole = mine.join(everybody, on="domain").with_columns(others=pl.col("everybody") - pl.col("members"))
    return top(whole, "-posts", "domain", limit=ask["limit"])


def reach(world: World, ask: Ask) -> pl.DataFrame:
    of = world.members(ask["group_id"])["account"].to_list()
    passed = world.passed().filter(pl.col("of").is_in(of), pl.col("of") != pl.col("account"))
    inside = pl.col("account").is_in(of)
    counted = passed.group_by(pl.col("of")).agg(
        inside=inside.sum(), outside=(~inside).sum(), accounts=pl.col("account").n_unique()
    )
    whole = counted.rename({"of": "account"}).join(world.accounts, on="account")
    return top(whole, "-outside", "-inside", "account", limit=ask["limit"])


def clients(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.posts_of(ask["group_id"]).filter(~pl.col("placeholder").fill_null(False))
    posts = mine.group_by(pl.col("client").fill_null("unknown"))
    counted = posts.agg(posts=pl.len(), members=pl.col("account").n_unique())
    return top(counted, "-posts", "client", limit=ask["limit"])


def starters(world: World, ask: Ask) -> pl.DataFrame:
    tags = hashtags(world, {**ask, "limit": None}).select("tag")
    posts = world.posts_of(ask["group_id"]).join(world.rel("TAGGED", "post", "tag").join(tags, on="tag"), on="post")
    first = posts.filter(pl.col("created_at") == pl.col("created_at").min().over("tag"))
    return top(first.rename({"created_at": "first"}), "first", "tag", "post")


GROUPS: list[Ask] = [{"group_id": "r1-2"}, {"group_id": "r0-1", "limit": 1}, {"group_id": "none"}]
TWO: list[Ask] = [{"group_id": "r1-2", "other_id": "r0-1"}, {"group_id": "r0-1", "other_id": "none"}]
PAIR: Ask = {"group_id": "r1-1", "other_id": "r1-2"}
ONE: Ask = {"group_id": "r1-1"}

CHECKS = {
    "list": Check(
        list_,
        ask={},
        known=[
            ("r1-1", "r1", "campaign", 3, 1, 1e-9, at(0), at(9)),
            ("r0-1", "r0", "campaign", 2, 1, 1e-9, at(0), at(9)),
        ],
        more=[{"claim": None}, {"claim": "gathering", "limit": 1}],
    ),
    "members": Check(
        members,
        ask=ONE,
        known=[
            ("x:1", "Ann", "Ann A", "core", 4, 0.5, at(-5 * DAY), 10, None, "active"),
            ("x:2", "Bob", "Bob", "core", 4, 0.5, at(-4 * DAY), 20, None, "suspended"),
            ("x:4", "Dan", None, "together", 2, 0.5, at(-10), 40, None, "active"),
        ],
        more=GROUPS,
    ),
    "made_together": Check(
        made_together,
        ask=ONE,  # Dan was made four days, less ten minutes, after Bob
        known=[
            ("x:1", "Ann", at(-5 * DAY), 1, at(-4 * DAY), at(-4 * DAY)),
            ("x:2", "Bob", at(-4 * DAY), 1, at(-5 * DAY), at(-5 * DAY)),
        ],
        more=[*GROUPS, {"group_id": "r1-1", "days": 4}, {"group_id": "r1-1", "days": 0}],
    ),
    "own_hashtags": Check(
        own_hashtags,
        ask=ONE,
        known=[("b", "B", 3, 2, 0), ("c", "C", 2, 1, 0)],
        more=[*GROUPS, {"group_id": "r1-1", "min_posts": 1, "outside": 60}, {"group_id": "r1-1", "min_posts": 3}],
    ),
    "targets": Check(
        targets,
        ask=ONE,
        known=[
            ("retweet", "x:1", "Ann", 1, 1),
            ("retweet", "x:2", "Bob", 1, 1),
            ("quote", "x:3", "Cyd", 1, 1),
            ("mention", "x:9", "Target", 2, 1),
        ],
        more=GROUPS,
    ),
    "targets_graph": Check(
        targets_graph, ONE, [("r1-1", "TARGETED", "x:9"), ("r1-1", "TARGETED", "x:1")], [{**ONE, "limit": 1}]
    ),
    "bridges": Check(
        bridges,
        ask=PAIR,
        known=[
            ("member", "x:4", "Dan", 2, 3),
            ("acts with", "x:2", "Bob", 1, 1),  # with Ann and with Cyd
            # Cyd acts with Bob, of the one, and with Dan, of both
            ("acts with", "x:3", "Cyd", 2, 1),
        ],
        more=[*TWO, {**PAIR, "limit": 1}],
    ),
    "bridges_graph": Check(bridges_graph, PAIR, [], [*TWO, {**PAIR, "limit": 3}]),
    "compare": Check(
        compare,
        ask=PAIR,
        known=[
            ("members", 3, 2, 1),
            ("core members", 2, 1, 0),
            ("hashtags pushed", 2, 1, 1),
            ("targets", 2, 1, 1),
            ("sites linked", 2, 1, 1),
            ("posts retweeted", 3, 2, 2),
        ],
        more=TWO,
    ),
    "similar": Check(
        similar,
        ask=ONE,
        known=[("r0-1", "r0", "campaign", 2, 2, 2 / 3), ("r1-2", "r1", "gathering", 2, 1, 1 / 4)],
        more=GROUPS[:2],
    ),
    "hashtags": Check(hashtags, ONE, [("a", "A", 4, 0.75), ("c", "C", 2, 1.0)], GROUPS),
    "sites": Check(sites, ONE, [("news.example", 3, 2, 0), ("blog.example", 1, 1, 1)], GROUPS),
    "reach": Check(reach, ONE, [("x:1", "Ann", 10, 1, 1, 2), ("x:2", "Bob", 20, 1, 0, 1)], GROUPS),
    "clients": Check(clients, ONE, [("web", 5, 2), ("phone", 2, 1), ("unknown", 1, 1)], GROUPS),
    "starters": Check(
        starters,
        ask=ONE,
        known=[("a", at(0), "x:1", "Ann", "x:p1"), ("c", at(26 * 60 + 1), "x:1", "Ann", "x:p7")],
        more=[{"group_id": "r1-2"}, {"group_id": "none"}],
    ),
}
