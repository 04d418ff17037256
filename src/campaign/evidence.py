"""The very posts behind a finding: what each layer counts as acts, and the episodes of a pair with their two posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import polars as pl
from campaign_analysis import evidence, layers
from campaign_analysis.feeds import LINKS, posts_with_shared_links
from campaign_analysis.layers import Layer
from campaign_analysis.left_out import conversations, without
from campaign_analysis.results import Group, Joined
from campaign_analysis.sessions import Scale
from campaign_cypher import queries
from campaign_cypher.events import read_events, read_texts
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.handles import Handles
from campaign.reporting.data import SAMPLES_SCHEMA
from campaign.request import Request

EPISODES_SHOWN = 9  # of each group in a report
PAIRS_SHOWN = 3  # of each group in a report, or as many as layers speak
OBJECTS_ASKED = 1000  # more are sooner found by reading all


class Evidence:
    """The acts of some accounts in the range of a run, as the run counted them, and the episodes that they make."""

    def __init__(self, store: Store, accounts: Sequence[str], request: Request) -> None:
        self._store, self._handles = store, Handles(store)
        self._accounts = list(accounts)
        self._acts: dict[str, pl.DataFrame] = {}
        self._talks: dict[str, pl.DataFrame] = {}
        self._counts: dict[str, dict[str, int]] = {}
        self._since, self._until = request.since, request.until

    @cached_property
    def _posts(self) -> pl.DataFrame:
        """The accounts' posts as (post, text)."""
        asked = {"accounts": self._accounts, "since": self._since, "until": self._until, "limit": MANY}
        return self._store.read(queries.get("evidence/posts_of_accounts"), asked).select("post", "text")

    @cached_property
    def _shared_links(self) -> pl.DataFrame:
        return posts_with_shared_links(read_events(self._store, LINKS, self._since, self._until))

    def _talk(self, layer: Layer) -> pl.DataFrame:
        if layer.name not in self._talks:
            self._talks[layer.name] = conversations(self._handles.read(layer, self._since, self._until))
        return self._talks[layer.name]

    def acts(self, layer: Layer) -> pl.DataFrame:
        """The acts of a layer, each with its post: account, object, time (epoch ms), post."""
        if layer.name not in self._acts:
            self._acts[layer.name] = self._read(layer).select("account", "object", "time", "post")
        return self._acts[layer.name]

    def _read(self, layer: Layer) -> pl.DataFrame:
        if layer.objects is None:
            return self._counted(layer, self._every_act(layer))
        texts = read_texts(self._store, self._since, self._until)  # everybody's: among fewer, clusters are others
        return layer.objects(texts).filter(pl.col("account").is_in(self._accounts))

    def _every_act(self, layer: Layer) -> pl.DataFrame:
        return self._handles.read(layer, self._since, self._until, accounts=self._accounts, posts=True)

    def _counted(self, layer: Layer, acts: pl.DataFrame) -> pl.DataFrame:
        """Without acts that the run left out, or left to the layer of links."""
        acts = without(acts, self._talk(layer)) if layer.talk else acts
        return without(acts, self._shared_links) if layer.yields else acts

    def _everybodys(self, layer: Layer) -> dict[str, int]:
        """Acts on each object by everybody: they say which of several shared objects is the rarest."""
        if layer.name not in self._counts:
            objects = self.acts(layer)["object"].unique().sort().to_list()
            asked = objects if len(objects) <= OBJECTS_ASKED else ()
            acts = self._handles.read(layer, self._since, self._until, objects=asked)
            acts = self._counted(layer, acts).select("account", "object", "time").unique()
            self._counts[layer.name] = dict(acts.group_by("object").len().iter_rows())
        return self._counts[layer.name]

    def episodes(self, edge: Mapping[str, Any]) -> pl.DataFrame:
        """The episodes of an edge (a row of EDGE_SCHEMA) with both posts: SAMPLES_SCHEMA without the group."""
        return self.episodes_of([(edge["a"], edge["b"])], edge["layer"], Scale(edge["window"], edge["block"]))

    def episodes_of(self, pairs: Sequence[tuple[str, str]], name: str, scale: Scale) -> pl.DataFrame:
        """The same of many pairs at one scale of one layer."""
        layer = layers.every()[name]
        acts = self.acts(layer)
        rarity = None if layer.one_object else self._everybodys(layer)
        found = evidence.episodes_of(acts, pairs, scale, rarity, layer.one_object)
        found = self._with_posts(found, acts, "a", "b")
        return found.with_columns(_times("a_time", "b_time"), layer=pl.lit(layer.name)).sort("a_time", "object")

    def spared(self, layer: Layer) -> set[str]:
        """Who acted in a layer, by acts alone that the run left out or left to the layer of links."""
        if layer.objects is not None or not (layer.talk or layer.yields):
            return set()
        return set(self._every_act(layer)["account"]) - set(self.acts(layer)["account"])

    def uncounted(self, edge: Mapping[str, Any]) -> int:
        """How often the two of an edge met besides, by acts that the run left out or left to the layer of links."""
        layer = layers.every()[edge["layer"]]
        if layer.objects is not None or not (layer.talk or layer.yields):
            return 0
        every = self._every_act(layer).select("account", "object", "time", "post")
        counted = set(self.acts(layer)["post"])
        if every["post"].is_in(list(counted)).all():
            return 0
        scale = Scale(edge["window"], edge["block"])
        found = evidence.episodes(every, edge["a"], edge["b"], scale, None, layer.one_object)
        found = self._with_posts(found.with_columns(a=pl.lit(edge["a"]), b=pl.lit(edge["b"])), every, "a", "b")
        posts = found.select("a_post", "b_post").iter_rows()
        return sum(not counted.issuperset(both) for both in posts)

    def attended(self, account: str, core: Sequence[str], joined: Joined) -> pl.DataFrame:
        """The core's moments at which an account that joined turned up, with its post and the two nearest of the core.

        A row a moment's object and block: layer, object, `account, time, post, text` of its own act, and the same of
        the two as `a, a_time, a_post, a_text` and `b, …`. As many as the run counted where the core was then as it is
        given; who joined later adds to them.
        """
        layer = layers.every()[joined.layer]
        acts = self.acts(layer)
        rarity = None if layer.one_object else self._everybodys(layer)
        scale = Scale(joined.window, joined.block)
        found = evidence.attended(acts, account, core, scale, rarity, layer.one_object)
        found = found.rename({"time": "own_time"}).with_columns(own=pl.lit(account))
        found = self._with_posts(found, acts, "own", "a", "b")
        named = found.rename({"own": "account", **{f"own_{part}": part for part in ("time", "post", "text")}})
        sides = [f"{side}{part}" for side in "ab" for part in ("", "_time", "_post", "_text")]
        return (
            named.with_columns(_times("time", "a_time", "b_time"), layer=pl.lit(layer.name))
            .select("layer", "object", "account", "time", "post", "text", *sides)
            .sort("time", "object")
        )

    def _with_posts(self, found: pl.DataFrame, acts: pl.DataFrame, *sides: str) -> pl.DataFrame:
        """Rows with the post and text of the act of each side: account `side`, at `side_time`, on the row's object.

        Of two acts of one account at one time on one object it is the first by id.
        """
        each = acts.sort("post").unique(["account", "object", "time"], keep="first", maintain_order=True)
        texts = each.join(self._posts, on="post", how="left")
        for side in sides:
            of_side = texts.select(
                "object", pl.col("account").alias(side), pl.col("time", "post", "text").name.prefix(f"{side}_")
            )
            found = found.join(of_side, on=[side, "object", f"{side}_time"], how="left")
        return found


def _times(*names: str) -> pl.Expr:
    """Columns of epoch ms as times in UTC."""
    return (pl.col(names) * 1000).cast(pl.Datetime("us", "UTC"))


def samples(store: Store, groups: Sequence[Group], edges: pl.DataFrame, request: Request) -> pl.DataFrame:
    """For each group its strongest pairs, of each layer that speaks, with some of their episodes (SAMPLES_SCHEMA)."""
    strongest = {g.id: _strongest(g, edges) for g in groups}
    accounts = {edge[side] for pairs in strongest.values() for edge in pairs for side in "ab"}
    known = Evidence(store, sorted(accounts), request)
    rows = [
        known.episodes(edge).head(max(1, EPISODES_SHOWN // len(pairs))).with_columns(group=pl.lit(group))
        for group, pairs in strongest.items()
        for edge in pairs
    ]
    empty = pl.DataFrame(schema=SAMPLES_SCHEMA)
    return pl.concat([empty, *(r.select(empty.columns).cast(empty.schema) for r in rows)])


def _strongest(group: Group, edges: pl.DataFrame) -> list[dict[str, Any]]:
    """The strongest edge of each layer that speaks, then of further pairs."""
    ids = [m.id for m in group.accounts]
    inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids)).sort("claim", "p", "a", "b", "layer")
    of_layers = inside.unique("layer", keep="first", maintain_order=True)
    others = inside.unique(["a", "b"], keep="first", maintain_order=True).join(
        of_layers, on=["a", "b"], how="anti", maintain_order="left"
    )
    return pl.concat([of_layers, others.head(max(0, PAIRS_SHOWN - of_layers.height))]).to_dicts()
