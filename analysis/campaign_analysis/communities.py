"""Communities of the graph of significant pairs."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from typing import Literal

import igraph
import numpy as np
import polars as pl

Community = Literal["louvain", "leiden"]

REWIRED = 10  # rewired copies that a cut is compared with
SURPRISE = 3.0  # standard deviations above the rewired copies that a cut must reach
ONE_GROUP = 0.5  # parts joined across at least this often, as a share of how often the sparser is joined within
LEIDEN_DENSITY = 0.1  # CPM resolution: a community's pairs are joined more often than this


def communities(edges: pl.DataFrame, method: Community = "louvain", seed: int = 1) -> list[list[str]]:
    """Partition accounts by the edges `a, b, weight`; lists of ids, each sorted, in order of their first id.

    louvain: Blondel et al. 2008 (igraph's multilevel), weighted; its resolution limit merges small groups in large
    graphs. leiden: Traag et al. 2019 with the constant Potts model at density 0.1, unweighted, which does not.
    Connected components are cut one by one, and only where the cut means something: its modularity is above that of
    the same graph rewired at random with the same degrees (a sparse random graph has a high modularity too: Guimera,
    Sales-Pardo & Amaral 2004), and two parts are one group where accounts across them are joined at least half as
    often as those within the sparser part (a dense group is not cut in pieces).
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
    parts = _partition(component, method)
    if len(parts) == 1 or not _above_chance(component, parts, method):
        return [sorted(component.vs["name"])]
    return [sorted(component.vs[part]["name"]) for part in _without_cuts_in_dense_groups(component, list(parts))]


def _without_cuts_in_dense_groups(graph: igraph.Graph, parts: list[list[int]]) -> list[list[int]]:
    """Join, closest first, the parts that are joined across at least half as densely as within the sparser one."""
    parts = [p for p in parts if p]
    while len(parts) > 1:
        ratio, i, j = max(_closeness(graph, parts))
        if ratio < ONE_GROUP:
            break
        parts[i] += parts.pop(j)
    return parts


def _closeness(graph: igraph.Graph, parts: list[list[int]]) -> Iterator[tuple[float, int, int]]:
    """For each two parts: density of the edges across, over the lower density within (singles have none: 1)."""
    home = np.empty(graph.vcount(), dtype=np.int64)
    for i, part in enumerate(parts):
        home[part] = i
    ends = home[np.array(graph.get_edgelist(), dtype=np.int64)]
    count = np.zeros((len(parts), len(parts)))
    np.add.at(count, (ends.min(axis=1), ends.max(axis=1)), 1)
    size = np.array([len(p) for p in parts], dtype=np.float64)
    within = np.where(size > 1, np.diag(count) / np.maximum(size * (size - 1) / 2, 1), 1.0)
    for i in range(len(parts)):
        for j in range(i + 1, len(parts)):
            yield count[i, j] / (size[i] * size[j]) / max(min(within[i], within[j]), 1e-12), i, j


def _partition(graph: igraph.Graph, method: Community) -> igraph.VertexClustering:
    if method == "leiden":
        return graph.community_leiden(objective_function="CPM", resolution=LEIDEN_DENSITY, n_iterations=-1)
    return graph.community_multilevel(weights="weight")


def _above_chance(graph: igraph.Graph, parts: igraph.VertexClustering, method: Community) -> bool:
    modularity = graph.modularity(parts.membership, weights="weight")
    rewired = []
    for _ in range(REWIRED):
        copy = graph.copy()
        copy.rewire()
        copy.es["weight"] = graph.es["weight"]  # rewiring drops attributes; which edge gets which is random now
        rewired.append(copy.modularity(_partition(copy, method).membership, weights="weight"))
    return bool(modularity > statistics.mean(rewired) + SURPRISE * statistics.stdev(rewired))
