"""The very posts behind a finding: what each layer counts as acts, and the episodes of a pair with their two posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import polars as pl
from campaign_analysis import evidence, layers
from campaign_analysis.background import Scale
from campaign_analysis.layers import Layer
from campaign_analysis.results import Group
from campaign_cypher import queries
from campaign_cypher.events import read_texts
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.reporting.data import SAMPLES_SCHEMA
from campaign.request import Request

EPISODES_SHOWN = 3  # of each strong pair in a report
PAIRS_SHOWN = 3  # of each group in a report


class Evidence:
    """The posts of some accounts in the range of a run, read once, and the episodes that they make."""

    def __init__(self, store: Store, accounts: Sequence[str], request: Request) -> None:
        self._store = store
        self._made: dict[str, pl.DataFrame] = {}
        self._range = {"since": request.since, "until": request.until}
        asked = {"accounts": list(accounts), "limit": MANY, **self._range}
        posts = store.read(queries.get("evidence/posts_of_accounts"), asked)
        self.posts = posts.with_columns(time=pl.col("created_at").dt.epoch("ms"))

    @cached_property
    def _tag_acts(self) -> dict[str, int]:
        """Acts on each hashtag, by everybody: they say which of several shared hashtags is the rarest."""
        tags = self.posts["hashtags"].explode().drop_nulls().unique().sort().to_list()
        return dict(self._store.read(queries.get("hashtags/acts"), {"tags": tags, **self._range}).iter_rows())

    @cached_property
    def _texts(self) -> pl.DataFrame:
        """Everybody's texts as (account, post, text, time): clusters are those of the run only among all of them."""
        return read_texts(self._store, self._range["since"], self._range["until"])

    def acts(self, layer: Layer) -> pl.DataFrame:
        """The acts of a layer: account, object, time (epoch ms), and the post where the layer's objects tell it."""
        if layer.objects is not None:
            if layer.name not in self._made:  # clusters of everybody's texts: not once for each pair
                self._made[layer.name] = layer.objects(self._texts)
            return self._made[layer.name]
        if layer.name == "retweet":
            retweets = self.posts.filter(kind="retweet")
            return retweets.select("account", object="retweeted", time="time").drop_nulls("object")
        own = self.posts.filter(pl.col("kind").ne_missing("retweet"))
        return own.explode("hashtags").select("account", object="hashtags", time="time").drop_nulls("object")

    def episodes(self, edge: Mapping[str, Any]) -> pl.DataFrame:
        """The episodes of an edge (a row of EDGE_SCHEMA) with both posts: SAMPLES_SCHEMA without the group."""
        layer = layers.every()[edge["layer"]]
        a, b, scale = edge["a"], edge["b"], Scale(edge["window"], edge["block"])
        rarity = None if layer.one_object else self._tag_acts
        acts = self.acts(layer)
        found = evidence.episodes(acts, a, b, scale, rarity, layer.one_object)
        for side, account in (("a", a), ("b", b)):
            posts = self.posts.filter(account=account)
            if layer.objects is not None:
                posts = posts.join(acts.select("post", acted_on="object"), on="post")
            found = _with_post(found, posts, layer, side)
        times = [
            pl.from_epoch(f"{side}_time", "ms").dt.replace_time_zone("UTC").dt.cast_time_unit("us") for side in "ab"
        ]
        return found.with_columns(*times, a=pl.lit(a), b=pl.lit(b), layer=pl.lit(layer.name)).sort("a_time", "object")


def _with_post(found: pl.DataFrame, posts: pl.DataFrame, layer: Layer, side: str) -> pl.DataFrame:
    """Add the post of one side: at the time of the act, of a kind that the layer counts, on the episode's object."""
    counts = {
        "hashtag": pl.col("kind").ne_missing("retweet") & pl.col("object").is_in(pl.col("hashtags")),
        "retweet": (pl.col("kind") == "retweet") & (pl.col("object") == pl.col("retweeted")),
    }.get(layer.name, pl.col("object") == pl.col("acted_on"))
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
    strongest = {g.id: _strongest(g, edges) for g in groups}
    accounts = {edge[side] for pairs in strongest.values() for edge in pairs for side in "ab"}
    known = Evidence(store, sorted(accounts), request)
    rows = [
        known.episodes(edge).head(EPISODES_SHOWN).with_columns(group=pl.lit(group))
        for group, pairs in strongest.items()
        for edge in pairs
    ]
    empty = pl.DataFrame(schema=SAMPLES_SCHEMA)
    return pl.concat([empty, *(r.select(empty.columns).cast(empty.schema) for r in rows)])


def _strongest(group: Group, edges: pl.DataFrame) -> list[dict[str, Any]]:
    ids = [m.id for m in group.accounts]
    inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids)).sort("claim", "p", "a", "b")
    return inside.unique(["a", "b"], keep="first", maintain_order=True).head(PAIRS_SHOWN).to_dicts()
