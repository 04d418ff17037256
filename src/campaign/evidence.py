"""The very posts behind a finding: what each layer counts as acts, and the episodes of a pair with their two posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from campaign_analysis import evidence, layers
from campaign_analysis.background import Scale
from campaign_analysis.results import Group
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.reporting.data import SAMPLES_SCHEMA
from campaign.request import Request

EPISODES_SHOWN = 3  # of each strong pair in a report
PAIRS_SHOWN = 3  # of each group in a report


@dataclass(frozen=True)
class Posts:
    """All posts of some accounts in the range of a run, and how many posts there are with each of their hashtags."""

    posts: pl.DataFrame
    tag_posts: dict[str, int]


def posts_of(store: Store, accounts: Sequence[str], request: Request) -> Posts:
    """Read the posts of accounts (post, account, handle, created_at, kind, text, hashtags, retweeted, time)."""
    asked = {"accounts": list(accounts), "since": request.since, "until": request.until, "limit": MANY}
    posts = store.read(queries.get("evidence/posts_of_accounts"), asked)
    tags = store.read(queries.get("accounts/hashtags"), asked)
    posts = posts.with_columns(time=pl.col("created_at").dt.epoch("ms"))
    return Posts(posts, dict(tags.select("tag", "all_posts").iter_rows()))


def acts(posts: pl.DataFrame, layer: layers.Layer) -> pl.DataFrame:
    """The acts of a layer among posts: account, object, time (epoch ms)."""
    if layer.name == "retweet":
        return posts.filter(kind="retweet").select("account", object="retweeted", time="time").drop_nulls("object")
    own = posts.filter(pl.col("kind") != "retweet")
    if layer.objects is not None:
        return layer.objects(own.select("account", "post", "text", "time"))
    return own.explode("hashtags").select("account", object="hashtags", time="time").drop_nulls("object")


def pair_episodes(known: Posts, edge: dict[str, object]) -> pl.DataFrame:
    """The episodes of an edge (a row of EDGE_SCHEMA), each with both posts: columns of SAMPLES_SCHEMA but the group."""
    layer = layers.every()[str(edge["layer"])]
    a, b = str(edge["a"]), str(edge["b"])
    scale = Scale(int(str(edge["window"])), int(str(edge["block"])))
    found = evidence.episodes(acts(known.posts, layer), a, b, scale, known.tag_posts, layer.one_object)
    for side, account in (("a", a), ("b", b)):
        found = _with_post(found, known.posts.filter(account=account), layer, side)
    return found.with_columns(
        a=pl.lit(a),
        b=pl.lit(b),
        layer=pl.lit(layer.name),
        a_time=pl.from_epoch("a_time", "ms").dt.replace_time_zone("UTC").cast(pl.Datetime("us", "UTC")),
        b_time=pl.from_epoch("b_time", "ms").dt.replace_time_zone("UTC").cast(pl.Datetime("us", "UTC")),
    ).sort("a_time", "object")


def _with_post(found: pl.DataFrame, posts: pl.DataFrame, layer: layers.Layer, side: str) -> pl.DataFrame:
    """Add the post of one side: at the time of the act, of a kind that the layer counts, on the episode's object."""
    counts = {
        "hashtag": (pl.col("kind") != "retweet") & pl.col("object").is_in(pl.col("hashtags")),
        "retweet": (pl.col("kind") == "retweet") & (pl.col("object") == pl.col("retweeted")),
    }.get(layer.name, pl.col("kind") != "retweet")
    at = f"{side}_time"
    one = (
        found.select("object", at)
        .join(posts.rename({"time": at}), on=at)
        .filter(counts)
        .sort("post")
        .unique(["object", at], keep="first", maintain_order=True)
        .select("object", at, pl.col("post").alias(f"{side}_post"), pl.col("text").alias(f"{side}_text"))
    )
    return found.join(one, on=["object", at], how="left")


def samples(store: Store, groups: Sequence[Group], edges: pl.DataFrame, request: Request) -> pl.DataFrame:
    """For each group its strongest pairs with some of their episodes (SAMPLES_SCHEMA): *in step* before *together*."""
    rows = [pl.DataFrame(schema=SAMPLES_SCHEMA)]
    for group in groups:
        ids = [m.id for m in group.accounts]
        inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
        strongest = inside.sort("claim", "p", "a", "b").unique(["a", "b"], keep="first", maintain_order=True)
        for edge in strongest.head(PAIRS_SHOWN).to_dicts():
            known = posts_of(store, [edge["a"], edge["b"]], request)
            some = pair_episodes(known, edge).head(EPISODES_SHOWN).with_columns(group=pl.lit(group.id))
            rows.append(some.select(SAMPLES_SCHEMA.keys()).cast(SAMPLES_SCHEMA))  # type: ignore[arg-type]
    return pl.concat(rows)
