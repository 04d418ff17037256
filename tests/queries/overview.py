"""Checks of queries/overview."""

from __future__ import annotations

import polars as pl
from library_check import Again, Ask, Check, top
from library_world import World
from small_graph import at


def by(column: str, null: str) -> Again:
    """Posts and accounts by a column of the posts."""

    def again(world: World, ask: Ask) -> pl.DataFrame:
        counted = (
            world.within(ask)
            .with_columns(pl.col(column).fill_null(null))
            .group_by(column)
            .agg(posts=pl.len(), accounts=pl.col("account").n_unique())
        )
        return top(counted, "-posts", column, limit=ask.get("limit"))

    return again


def counts(world: World, ask: Ask) -> pl.DataFrame:
    sizes = {name: frame.height for name, frame in {**world.batch.nodes, **world.batch.relationships}.items()}
    return pl.DataFrame({"name": list(sizes), "count": list(sizes.values())})


def range_(world: World, ask: Ask) -> pl.DataFrame:
    when, who = pl.col("created_at"), pl.col("account")
    return world.within(ask).select(first=when.min(), last=when.max(), posts=pl.len(), accounts=who.n_unique())


def placeholders(world: World, ask: Ask) -> pl.DataFrame:
    return pl.concat(
        world.node(label).select(label=pl.lit(label), placeholders=pl.col("placeholder").sum(), nodes=pl.len())
        for label in ("Account", "Post")
    )


def sites(world: World, ask: Ask) -> pl.DataFrame:
    links = (
        world.rel("LINKS_TO", "post", "url").join(world.node("Url"), on="url").filter(pl.col("domain").is_not_null())
    )
    found = world.within(ask).join(links, on="post").group_by("domain")
    posts, accounts, addresses = (pl.col(name).n_unique() for name in ("post", "account", "url"))
    return top(found.agg(posts=posts, accounts=accounts, addresses=addresses), "-posts", "domain", limit=ask["limit"])


def passed_on(world: World, ask: Ask) -> pl.DataFrame:
    retweets = world.within(ask).select("account", of="post").join(world.rel("RETWEETS", "of", "post"), on="of")
    counted = retweets.group_by("post").agg(retweets=pl.len(), accounts=pl.col("account").n_unique())
    texts = world.node("Post").select("created_at", "text", post="id")
    whole = counted.join(texts, on="post").join(world.posts.select("post", "handle"), on="post", how="left")
    return top(whole, "-retweets", "post", limit=ask["limit"])


RANGES: list[Ask] = [{"since": at(1)}, {"until": at(3)}, {"since": at(1), "until": at(60)}]
LIMITED: list[Ask] = [*RANGES, {"limit": 1}]

CHECKS = {
    "kinds": Check(
        by("kind", "original"),
        ask={},
        known=[("retweet", 5, 4), ("original", 4, 3), ("quote", 1, 1), ("reply", 1, 1)],
        more=RANGES,
    ),
    "languages": Check(by("language", "unknown"), {}, [("en", 7, 4), ("unknown", 3, 3), ("fr", 1, 1)], LIMITED),
    "clients": Check(by("client", "unknown"), {}, [("web", 6, 3), ("phone", 3, 2), ("unknown", 2, 2)], LIMITED),
    "counts": Check(
        counts,
        ask={},
        known=[
            *[("Account", 7), ("Post", 14), ("Hashtag", 7), ("Url", 4), ("Image", 4), ("Snapshot", 2), ("Load", 3)],
            *[
                ("Run", 2),
                ("Group", 3),
                ("POSTED", 12),
                ("TAGGED", 10),
                ("MENTIONS", 4),
                ("RETWEETS", 5),
                ("QUOTES", 1),
            ],
            *[("REPLIES_TO", 1), ("LINKS_TO", 5), ("SHOWS", 3), ("FOLLOWS", 6), ("OBSERVED", 2), ("FOUND", 3)],
            *[("LIKES", 3), ("RETWEETED", 1)],
            *[("MEMBER_OF", 7), ("COORDINATED_WITH", 5), ("PUSHED", 4), ("TARGETED", 3)],
        ],
    ),
    "range": Check(range_, {}, [(at(-20), at(27 * 60), 11, 5)], RANGES),
    "placeholders": Check(placeholders, {}, [("Account", 1, 7), ("Post", 1, 14)]),
    "sites": Check(sites, {}, [("news.example", 3, 2, 2), ("blog.example", 2, 2, 1)], LIMITED),
    "passed_on": Check(
        passed_on,
        ask={"limit": 2},
        known=[
            ("x:p0", None, None, None, 2, 2),
            ("x:p1", "Ann", at(0), "Cats are the best of all animals #a", 2, 2),
        ],
        more=LIMITED,
    ),
}
