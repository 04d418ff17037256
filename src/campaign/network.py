"""The accounts and pairs of a run or a group as a networkx graph that every writer of networkx takes as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import networkx as nx
import polars as pl
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign import words
from campaign.output import iso
from campaign.reporting.markup import clean
from campaign.reporting.numbers import strength
from campaign.stored import group_of, run_of

PROFILE = ("name", "created_at", "followers", "following", "posts", "verified", "status")


def ask(store: Store, query: str, **parameters: Any) -> pl.DataFrame:
    """The answer of a stored query (`campaign query list` names them), a frame typed as its header says."""
    return store.read(queries.get(query), parameters)


def named_groups(store: Store, run: str) -> pl.DataFrame:
    """The groups of a run as the report names and orders them.

    Columns: name (`Campaign 1`, …), then those of `runs/groups`. Raises NotFoundError where there is no such run.
    """
    groups = words.campaigns_first(run_of(store, run).groups)
    schema = {"group": pl.String, "name": pl.String}  # which no group would tell
    names = pl.DataFrame(list(words.group_names(groups).items()), schema=schema, orient="row")
    found = ask(store, "runs/groups", run=run)
    return names.join(found, on="group", how="left", maintain_order="left").select("name", *found.columns)


def network(store: Store, run: str, group: str | None = None) -> nx.Graph:
    """The accounts of a run's groups, or of one group, and the pairs that beat chance among them.

    Every value is text, a number or a boolean and what is not known is left out, so that `networkx.write_gexf` and
    `write_graphml` take the graph as it is. Nodes (account ids): label, group (its name), group_id, claim, role,
    episodes, expected, p, and what is known of the profile. Edges: claim (`in step` where any of its tests says so),
    layers, n, expected and p of the strongest test, weight (−log₁₀ p).
    """
    if group is not None:
        group_of(store, group)
    groups = {g["group"]: g for g in named_groups(store, run).to_dicts()}
    members = ask(store, "runs/members", run=run, group_id=group)
    profiles = {p["id"]: p for p in ask(store, "accounts/profiles", ids=members["account"].to_list()).to_dicts()}
    graph = nx.Graph(name=group or run)
    for m in members.to_dicts():
        own = groups[m["group"]]
        about = {"label": m["handle"] or m["account"], "group": own["name"], "group_id": m["group"]}
        told = {"claim": own["claim"]} | {name: m[name] for name in ("role", "episodes", "expected", "p")}
        told |= {name: profiles[m["account"]][name] for name in PROFILE}
        graph.add_node(m["account"], **_exportable(about | told))
    inside = pl.col("a").is_in(list(graph)) & pl.col("b").is_in(list(graph))
    for e in _pairs(ask(store, "runs/edges", run=run).filter(inside)).to_dicts():
        graph.add_edge(e.pop("a"), e.pop("b"), **_exportable(e), weight=strength(e["p"]))
    return graph


def _pairs(edges: pl.DataFrame) -> pl.DataFrame:
    """One row a pair, of its tests in several layers and under both claims the strongest."""
    return (
        edges.sort("p", "layer", "claim")
        .group_by("a", "b", maintain_order=True)
        .agg(
            pl.when((pl.col("claim") == "in step").any())
            .then(pl.lit("in step"))
            .otherwise(pl.lit("together"))
            .alias("claim"),
            pl.col("layer").unique().sort().str.join(" ").alias("layers"),
            pl.col("n", "expected", "p").first(),
        )
        .sort("a", "b")
    )


def _exportable(values: dict[str, Any]) -> dict[str, Any]:
    """Without nulls; times as text, text without the characters that XML cannot hold."""
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    return clean(value) if isinstance(value, str) else value
