"""Communities of the graph of significant pairs."""

from __future__ import annotations

import random
from typing import Literal

import igraph
import polars as pl

Community = Literal["louvain", "leiden"]

UNCUT = 0.1  # a component whose best partition has less modularity has no inner structure: it stays whole
LEIDEN_DENSITY = 0.1  # CPM resolution: a community's pairs are joined more often than this


def communities(edges: pl.DataFrame, method: Community = "louvain", seed: int = 1) -> list[list[str]]:
    """Partition accounts by the edges `a, b, weight`; lists of ids, each sorted, in order of their first id.

    louvain: Blondel et al. 2008 (igraph's multilevel), weighted; its resolution limit merges small groups in large
    graphs. leiden: Traag et al. 2019 with the constant Potts model at density 0.1, unweighted, which does not.
    Connected components are cut one by one, and only where the cut has a modularity of 0.1 or more: a dense group
    is not cut in pieces that mean nothing.
    """
    if edges.is_empty():
        return []
    names = sorted(set(edges["a"]) | set(edges["b"]))
    index = {name: i for i, name in enumerate(names)}
    pairs = [(index[a], index[b]) for a, b in zip(edges["a"], edges["b"], strict=True)]
    graph = igraph.Graph(n=len(names), edges=pairs)
    graph.vs["name"] = names
    graph.es["weight"] = edges["weight"].to_list()
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = [part for piece in graph.decompose(minelements=2) for part in _cut(piece, method)]
    finally:
        igraph.set_random_number_generator(random)
    return sorted(found)


def _cut(component: igraph.Graph, method: Community) -> list[list[str]]:
    if method == "leiden":
        parts = component.community_leiden(
            objective_function="CPM", resolution=LEIDEN_DENSITY, n_iterations=-1
        )
    else:
        parts = component.community_multilevel(weights="weight")
    if component.modularity(parts.membership, weights="weight") < UNCUT:
        return [sorted(component.vs["name"])]
    return [sorted(component.vs[part]["name"]) for part in parts if part]
