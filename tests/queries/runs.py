"""Checks of queries/runs."""

from __future__ import annotations

import polars as pl
from library_check import Ask, Check, top
from library_world import World
from small_graph import at


def members_of_run(world: World, run: str) -> pl.DataFrame:
    """Members of all groups of a run, with the group's properties."""
    groups = world.node("Group").rename({"id": "group", "p": "group_p"}).filter(run=run)
    return world.handles(world.rel("MEMBER_OF", "account", "group").join(groups, on="group"))


def list_(world: World, ask: Ask) -> pl.DataFrame:
    claims = (
        world.node("Group")
        .group_by(run="run")
        .agg(campaigns=(pl.col("claim") == "campaign").sum(), gatherings=(pl.col("claim") == "gathering").sum())
    )
    return top(world.node("Run").rename({"id": "run"}).join(claims, on="run"), "run", limit=ask["limit"])


def groups(world: World, ask: Ask) -> pl.DataFrame:
    return top(world.node("Group").rename({"id": "group"}).filter(run=ask["run"]), "claim", "-size", "group")


def members(world: World, ask: Ask) -> pl.DataFrame:
    found = members_of_run(world, ask["run"])
    kept = found.filter(True if ask["group_id"] is None else pl.col("group") == ask["group_id"])
    return top(kept, "group", "role", "p", "account")


def edges(world: World, ask: Ask) -> pl.DataFrame:
    return top(world.edges(ask["run"]), "layer", "claim", "p", "a", "b")


def group_graph(world: World, ask: Ask) -> pl.DataFrame:
    group = ask["group_id"]
    of = top(world.rel("MEMBER_OF", "account", "found").filter(found=group), "role", "p", "account")
    of = of.head(ask["members"])
    edges = world.edges(group[:2]).rename({"a": "account", "b": "other"})
    ids = of["account"].to_list()
    inside = edges.filter(pl.col("account").is_in(ids) & pl.col("other").is_in(ids))
    pushed = world.rel("PUSHED", "found", "hashtag").filter(found=group)
    parts = (
        of.select("account", member=pl.lit("MEMBER_OF")),
        top(inside, "p", "account", "other", "layer", "claim", limit=ask["limit"]).select(
            "account", "other", edge=pl.lit("COORDINATED_WITH")
        ),
        top(pushed, "-posts", "hashtag", limit=ask["limit"]).select("hashtag", pushed=pl.lit("PUSHED")),
    )
    return pl.concat(parts, how="diagonal").with_columns(found=pl.lit(group))


def new_members(world: World, ask: Ask) -> pl.DataFrame:
    before = members_of_run(world, ask["before"])["account"].to_list()
    found = members_of_run(world, ask["run"]).filter(~pl.col("account").is_in(before))
    return top(found, "group", "role", "account", limit=ask["limit"])


def changes(world: World, ask: Ask) -> pl.DataFrame:
    known = pl.col("account").is_in(members_of_run(world, ask["before"])["account"].to_list())
    found = members_of_run(world, ask["run"]).group_by("group", "claim", "size")
    return top(found.agg(known=known.sum(), unknown=(~known).sum()), "-unknown", "group", limit=ask["limit"])


BACK: list[Ask] = [
    {"run": "r0", "before": "r1"},
    {"run": "r1", "before": "none"},
    {"run": "r1", "before": "r0", "limit": 1},
]
GROUP = ("[]", at(0), at(9))

CHECKS = {
    "list": Check(
        list_, ask={}, known=[("r0", None, 1, 0, None, None), ("r1", None, 1, 1, None, None)], more=[{"limit": 1}]
    ),
    "groups": Check(
        groups,
        ask={"run": "r1"},
        known=[
            ("r1-1", "campaign", 3, 1, 1e-9, None, at(0), at(9)),
            ("r1-2", "gathering", 2, 1, 1e-9, None, at(0), at(9)),
        ],
        more=[{"run": "r0"}, {"run": "none"}],
    ),
    "members": Check(
        members,
        ask={"run": "r1", "group_id": "r1-2"},
        known=[
            ("r1-2", "x:3", "Cyd", "core", 3, 0.5, 1e-3, None, None, None),
            ("r1-2", "x:4", "Dan", "together", 3, 0.5, 1e-3, None, None, None),
        ],
        more=[{"run": "r0"}, {"run": "r1"}, {"run": "r1", "group_id": "none"}],
    ),
    "edges": Check(
        edges,
        ask={"run": "r0"},
        known=[("x:1", "x:2", "hashtag", "together", None, None, 5, 0.5, 1e-7, None)],
        more=[{"run": "r1"}, {"run": "none"}],
    ),
    "group_graph": Check(
        group_graph,
        ask={"group_id": "r0-1"},
        known=[
            ("x:1", "MEMBER_OF", "r0-1", None, None, None, None),
            ("x:2", "MEMBER_OF", "r0-1", None, None, None, None),
            ("x:1", None, "r0-1", "COORDINATED_WITH", "x:2", None, None),
            (None, None, "r0-1", None, None, "PUSHED", "a"),
        ],
        more=[{"group_id": "r1-1"}, {"group_id": "r1-1", "members": 3}, {"group_id": "r1-1", "limit": 2}],
    ),
    "new_members": Check(
        new_members,
        ask={"run": "r1", "before": "r0"},
        known=[
            ("x:4", "Dan", "r1-1", "campaign", "together"),
            ("x:3", "Cyd", "r1-2", "gathering", "core"),
            ("x:4", "Dan", "r1-2", "gathering", "together"),
        ],
        more=BACK,
    ),
    "changes": Check(
        changes,
        ask={"run": "r1", "before": "r0"},
        known=[("r1-2", "gathering", 2, 0, 2), ("r1-1", "campaign", 3, 2, 1)],
        more=BACK,
    ),
}
