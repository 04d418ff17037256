"""Which group each account is in: the community of its pairs, or the core with which it is in step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import igraph
import networkx as nx
import polars as pl

SMALLEST = 3  # a pair is no group, and a core has at least three accounts

Home = dict[str, int]


def homes_of(parts: Sequence[Sequence[str]], edges: pl.DataFrame, joined: pl.DataFrame) -> tuple[Home, pl.DataFrame]:
    """The part of each account, by the communities of the *together* pairs (`parts`) and all edges (EDGE_SCHEMA); and
    who joined a core (JOINED_SCHEMA, once an account), each with an anchor where that core is.

    Who is in step with accounts of a core elsewhere and belongs to no core where its pairs had put it is of that core;
    of several, of that of most of them. Who joined a core is with it, unless its own pairs have put it in one. A core
    that no pairs put together (a pair across two parts) is brought together by whoever joins it.
    """
    home = {account: part for part, accounts in enumerate(parts) for account in accounts}
    pairs = in_step_graph(edges)
    home = at_home(home, pairs)
    own = in_cores((a, b) for a, b in pairs.edges if home[a] == home[b])
    home, joined = _brought(home, joined.filter(~pl.col("account").is_in(own)), edges, own)
    return at_home(home, in_step_graph(edges, joined)), joined


def at_home(home: Home, graph: nx.Graph[str]) -> Home:
    """The same, where accounts that are in no core at home are with the core elsewhere that they are in step with."""
    while True:
        core = in_cores((a, b) for a, b in graph.edges if home[a] == home[b])
        moved: Home = {}
        for account in graph.nodes - core:
            with_whom = Counter(home[other] for other in graph[account] if other in core)
            if with_whom:
                moved[account] = min(with_whom, key=lambda part: (-with_whom[part], part))
        if not moved:
            return home
        home = home | moved


def _brought(home: Home, joined: pl.DataFrame, edges: pl.DataFrame, own: set[str]) -> tuple[Home, pl.DataFrame]:
    """Each core that somebody joined at one place, as far as its accounts are in no core by their `own` pairs; and who
    joined, with an anchor there: the core's first account at the place where most of it is.
    """
    home, anchors = dict(home), {}
    for layer in joined["layer"].unique().sort():
        graph = in_step_graph(edges.filter(layer=layer))
        for anchor in joined.filter(layer=layer)["anchor"].unique().sort():
            core = nx.node_connected_component(graph, anchor)
            most = Counter(home[account] for account in (core & own or core))
            part = min(most, key=lambda one: (-most[one], one))
            home |= dict.fromkeys(core - own, part)
            anchors[layer, anchor] = min(account for account in core if home[account] == part)
    found = [anchors[row] for row in joined.select("layer", "anchor").iter_rows()]
    joined = joined.with_columns(anchor=pl.Series(found, dtype=pl.String))
    return home | {who: home[anchor] for who, anchor in joined.select("account", "anchor").iter_rows()}, joined


def in_step_graph(edges: pl.DataFrame, joined: pl.DataFrame | None = None) -> nx.Graph[str]:
    """Accounts that *in step* edges (EDGE_SCHEMA) of any layer join, or that `joined` (JOINED_SCHEMA) their cores."""
    in_step = edges.filter(pl.col("claim") == "in step")
    graph = nx.Graph(zip(in_step["a"], in_step["b"], strict=True))
    if joined is not None:
        graph.add_edges_from(zip(joined["account"], joined["anchor"], strict=True))
    return graph


def in_cores(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Accounts that these pairs join in connected parts of three or more."""
    graph = nx.Graph(pairs)
    return {a for part in nx.connected_components(graph) if len(part) >= SMALLEST for a in part}


def connected(pairs: pl.DataFrame) -> Home:
    """Of the accounts of pairs (a, b) the connected part that each is in."""
    graph = igraph.Graph.TupleList(pairs.iter_rows(), directed=False)
    return dict(zip(graph.vs["name"], graph.connected_components().membership, strict=True)) if pairs.height else {}
