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
    who joined a core (JOINED_SCHEMA, once an account), each with an anchor where most of that core is.

    Who joined a core is with it, unless its own pairs have put it in one. Who is in step with accounts of a core
    elsewhere and belongs to no core where its pairs had put it is of that core; of several, of that of most of them.
    """
    home = {account: part for part, accounts in enumerate(parts) for account in accounts}
    pairs = in_step_graph(edges, joined.clear())
    own = in_cores((a, b) for a, b in pairs.edges if home[a] == home[b])
    joined = _anchored(joined.filter(~pl.col("account").is_in(own)), edges, home)
    home |= {account: home[anchor] for account, anchor in joined.select("account", "anchor").iter_rows()}
    graph = in_step_graph(edges, joined)
    while True:
        core = in_cores((a, b) for a, b in graph.edges if home[a] == home[b])
        moved: Home = {}
        for account in graph.nodes - core:
            with_whom = Counter(home[other] for other in graph[account] if other in core)
            if with_whom:
                moved[account] = min(with_whom, key=lambda part: (-with_whom[part], part))
        if not moved:
            return home, joined
        home |= moved


def _anchored(joined: pl.DataFrame, edges: pl.DataFrame, home: Home) -> pl.DataFrame:
    """The same, where an anchor stands for its core: the first account of it in the part where most of it is."""
    anchors: dict[tuple[str, str], str] = {}
    for layer in joined["layer"].unique():
        for core in nx.connected_components(in_step_graph(edges.filter(layer=layer), joined.clear())):
            most = Counter(home[account] for account in core)
            part = min(most, key=lambda one: (-most[one], one))
            anchor = min(account for account in core if home[account] == part)
            anchors |= {(layer, account): anchor for account in core}
    rows = joined.select("layer", "anchor").iter_rows()
    return joined.with_columns(anchor=pl.Series([anchors[row] for row in rows], dtype=pl.String))


def in_step_graph(edges: pl.DataFrame, joined: pl.DataFrame) -> nx.Graph[str]:
    """Accounts that *in step* edges of any layer join, or that joined them."""
    in_step = edges.filter(pl.col("claim") == "in step")
    graph = nx.Graph(zip(in_step["a"], in_step["b"], strict=True))
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
