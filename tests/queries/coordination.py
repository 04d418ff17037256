"""Checks of queries/coordination."""

from __future__ import annotations

import polars as pl
from library_check import Ask, Check, top
from library_world import World


def pairs(world: World, ask: Ask) -> pl.DataFrame:
    edges = world.edges(ask["run"]).filter(True if ask["layer"] is None else pl.col("layer") == ask["layer"])
    named = world.handles(world.handles(edges, "a", "a_handle"), "b", "b_handle")
    return top(named, "p", "a", "b", "layer", "claim", limit=ask["limit"])


def partners(world: World, ask: Ask) -> pl.DataFrame:
    mine = world.both_ways(ask["run"]).filter(account=ask["account"])
    return top(world.handles(mine, "partner"), "p", "partner", "run", "layer", "claim", limit=ask["limit"])


def partners_graph(world: World, ask: Ask) -> pl.DataFrame:
    near = {ask["account"], *world.both_ways(ask["run"]).filter(account=ask["account"])["partner"]}
    among = world.edges(ask["run"]).filter(pl.col("a").is_in(near), pl.col("b").is_in(near))
    found = top(among, "p", "a", "b", limit=ask["limit"])
    return found.select(one="a", edge=pl.lit("COORDINATED_WITH"), other="b")


def layers(world: World, ask: Ask) -> pl.DataFrame:
    n, expected, p = (pl.col(name) for name in ("n", "expected", "p"))
    counted = world.edges(ask["run"]).group_by("layer", "claim")
    summed = counted.agg(pairs=pl.len(), episodes=n.sum(), expected=expected.sum(), smallest_p=p.min())
    return top(summed, "-pairs", "layer", "claim")


def several_layers(world: World, ask: Ask) -> pl.DataFrame:
    counted = (
        world.edges(ask["run"])
        .group_by("a", "b")
        .agg(layers=pl.col("layer").n_unique(), names=pl.col("layer").unique().sort(), smallest_p=pl.col("p").min())
    )
    kept = counted.filter(pl.col("layers") >= ask["min_layers"])
    return top(kept, "-layers", "smallest_p", "a", "b", limit=ask["limit"])


def hubs(world: World, ask: Ask) -> pl.DataFrame:
    counted = (
        world.both_ways(ask["run"])
        .group_by("account")
        .agg(partners=pl.col("partner").n_unique(), behaviours=pl.col("layer").n_unique(), smallest_p=pl.col("p").min())
    )
    return top(world.handles(counted), "-partners", "account", limit=ask["limit"])


def between_groups(world: World, ask: Ask) -> pl.DataFrame:
    of = world.rel("MEMBER_OF", "account", "group").filter(pl.col("group").str.starts_with(ask["run"] + "-"))
    one, other = of.select("account", one="group"), of.select(partner="account", other="group")
    across = world.both_ways(ask["run"]).join(one, on="account").join(other, on="partner")
    kept = across.filter(pl.col("one") < pl.col("other")).unique(["one", "other", "account", "partner"])
    counted = kept.group_by("one", "other").agg(pairs=pl.len(), accounts=pl.col("account").n_unique())
    return top(counted, "-pairs", "one", "other", limit=ask["limit"])


RUN: Ask = {"run": "r1"}
RUNS: list[Ask] = [{"run": "r0"}, {"run": "r1", "limit": 2}, {"run": "none"}]

CHECKS = {
    "pairs": Check(
        pairs,
        ask={"run": "r1", "limit": 2},
        known=[
            ("x:1", "Ann", "x:2", "Bob", "hashtag", "in step", 4, 0.5, 1e-9),
            ("x:3", "Cyd", "x:4", "Dan", "retweet", "together", 3, 0.5, 1e-6),
        ],
        more=[*RUNS, {"run": "r1", "layer": "text"}],
    ),
    "partners": Check(
        partners,
        ask={"account": "x:2"},
        known=[
            ("x:1", "Ann", "r1", "hashtag", "in step", 4, 0.5, 1e-9),
            ("x:1", "Ann", "r0", "hashtag", "together", 5, 0.5, 1e-7),
            ("x:1", "Ann", "r1", "text", "together", 2, 0.25, 1e-4),
            ("x:3", "Cyd", "r1", "hashtag", "together", 3, 0.5, 1e-3),
        ],
        more=[{"account": "x:3", "run": "r1"}, {"account": "x:1", "limit": 2}, {"account": "none"}],
    ),
    "partners_graph": Check(
        partners_graph,
        ask={"account": "x:3", "run": "r1"},
        known=[("x:3", "COORDINATED_WITH", "x:4"), ("x:2", "COORDINATED_WITH", "x:3")],
        more=[{"account": "x:1"}, {"account": "x:2", "limit": 2}],
    ),
    "layers": Check(
        layers,
        ask=RUN,
        known=[
            ("hashtag", "in step", 1, 4, 0.5, 1e-9),
            ("hashtag", "together", 1, 3, 0.5, 1e-3),
            ("retweet", "together", 1, 3, 0.5, 1e-6),
            ("text", "together", 1, 2, 0.25, 1e-4),
        ],
        more=[{"run": "r0"}, {"run": "none"}],
    ),
    "several_layers": Check(
        several_layers,
        ask=RUN,
        known=[("x:1", "x:2", 2, ["hashtag", "text"], 1e-9)],
        more=[*RUNS, {"run": "r1", "min_layers": 1}],
    ),
    "hubs": Check(
        hubs,
        ask=RUN,
        known=[
            ("x:2", "Bob", 2, 2, 1e-9),
            ("x:3", "Cyd", 2, 2, 1e-6),
            ("x:1", "Ann", 1, 2, 1e-9),
            ("x:4", "Dan", 1, 1, 1e-6),
        ],
        more=RUNS,
    ),
    # Bob and Cyd act together, and Cyd with Dan, who is in both groups
    "between_groups": Check(between_groups, RUN, [("r1-1", "r1-2", 2, 2)], RUNS),
}
