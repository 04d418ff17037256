"""Communities of the graph of significant pairs."""

from __future__ import annotations

import heapq
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Literal

import igraph
import networkx as nx
import numpy as np
import polars as pl

Community = Literal["louvain", "leiden", "python-louvain"]
Elsewhere = Callable[[pl.DataFrame], list[list[str]]]
"""A method that is not ours, such as a database's: parts of accounts by the edges `a, b, weight`."""

ONE_GROUP = 0.5  # parts joined across at least this often, as a share of how often the sparser is joined within
REWIRED = 10  # rewired copies of the graph that a cut is compared with,
REWIRED_EDGES = 500_000  # but so many edges in all: large graphs, which vary less, get two copies at least
LOOSER = 0.7  # a cut runs where parts are joined looser than this share of the loosest joint of the rewired copies
LEIDEN_DENSITY = 0.1  # CPM resolution: a community's pairs are joined more often than this
_IGRAPH = Lock()  # it has one random number generator for all threads
HEAVIEST = 50.0  # an edge weighs -log10 p, at most this


def weighted(edges: pl.DataFrame) -> pl.DataFrame:
    """The pairs `a, b, weight` of which groups are made: *together* edges (EDGE_SCHEMA), each at its best layer."""
    weight = (-pl.col("p").clip(1e-300).log10()).clip(upper_bound=HEAVIEST).max()
    return edges.filter(pl.col("claim") == "together").group_by("a", "b", maintain_order=True).agg(weight=weight)


def communities(edges: pl.DataFrame, method: Community | Elsewhere = "louvain", seed: int = 1) -> list[list[str]]:
    """Partition accounts by the edges `a, b, weight`; lists of ids, each sorted, in order of their first id.

    louvain: Blondel et al. 2008 (igraph's multilevel), weighted; its resolution limit merges small groups in large
    graphs. leiden: Traag et al. 2019 with the constant Potts model at density 0.1, unweighted, which does not.
    python-louvain: the first by another implementation, the one the field uses; slow, for comparison.
    A method that is not ours parts the whole graph; its cuts are judged as ours, against louvain's in random graphs.
    Connected components are cut one by one, and only where the cut means something. Two parts are one group where
    accounts across them are joined at least half as often as those within the sparser part (a dense group is not cut
    in pieces), or nearly as often as parts found in the same graph rewired at random with the same degrees: a sparse
    random graph falls into parts too (Guimera, Sales-Pardo & Amaral 2004).
    """
    if edges.is_empty():
        return []
    edges = edges.sort("a", "b")  # the order of edges reaches the algorithms
    names = sorted(set(edges["a"]) | set(edges["b"]))
    index = {name: i for i, name in enumerate(names)}
    pairs = [(index[a], index[b]) for a, b in zip(edges["a"], edges["b"], strict=True)]
    graph = igraph.Graph(n=len(names), edges=pairs)
    graph.vs["name"] = names
    graph.es["weight"] = edges["weight"].to_list()
    home = None if isinstance(method, str) else {a: i for i, part in enumerate(method(edges)) for a in part}
    own = method if isinstance(method, str) else "louvain"
    drawn = random.Random(seed)
    with _IGRAPH:
        igraph.set_random_number_generator(drawn)
        try:
            found = [part for piece in graph.decompose(minelements=2) for part in _cut(piece, home, own, drawn)]
        finally:
            igraph.set_random_number_generator(random)
    return sorted(found)


def _cut(
    component: igraph.Graph, home: dict[str, int] | None, method: Community, drawn: random.Random
) -> list[list[str]]:
    found = (
        _partition(component, method, drawn) if home is None else _by_home(home[name] for name in component.vs["name"])
    )
    parts = [p for p in found if p]
    _, loosest = _joined(component, parts, 0.0)
    if loosest < ONE_GROUP:
        parts, _ = _joined(component, parts, min(ONE_GROUP, LOOSER * _loosest_by_chance(component, method, drawn)))
    else:
        parts = [list(range(component.vcount()))]
    return [sorted(component.vs[part]["name"]) for part in parts]


def _loosest_by_chance(graph: igraph.Graph, method: Community, drawn: random.Random) -> float:
    """The loosest joint between the parts that the method finds in graphs of the same degrees without any structure."""
    loosest = []
    for _ in range(max(2, min(REWIRED, REWIRED_EDGES // graph.ecount()))):
        copy = graph.copy()
        copy.rewire()
        copy.es["weight"] = graph.es["weight"]  # rewiring drops attributes; which edge gets which is random now
        loosest.append(_joined(copy, _partition(copy, method, drawn), 0.0)[1])
    return min(loosest)


def _joined(graph: igraph.Graph, parts: Iterable[list[int]], least: float) -> tuple[list[list[int]], float]:
    """Join parts two by two, closest first, down to a closeness; what is left, and the loosest of the joints made.

    Closeness: density of the edges across, over the lower density within (a single has none to compare: 1).
    """
    members = [list(p) for p in parts]
    across = _edges_between(graph, members)
    inside = [edges.pop(i, 0) for i, edges in enumerate(across)]

    def closeness(i: int, j: int) -> float:
        sizes = [len(members[k]) for k in (i, j)]
        within = [inside[k] / (n * (n - 1) / 2) if inside[k] else 1.0 for k, n in zip((i, j), sizes, strict=True)]
        return across[i][j] / (sizes[0] * sizes[1]) / min(within)

    heap = [(-closeness(i, j), i, j) for i, edges in enumerate(across) for j in edges if i < j]
    heapq.heapify(heap)
    loosest = math.inf
    while heap:
        ratio, i, j = heapq.heappop(heap)
        if not (members[i] and members[j]):
            continue  # one of them is part of a larger one by now
        if -ratio < least:
            break
        loosest = min(loosest, -ratio)
        inside.append(inside[i] + inside[j] + across[i].pop(j))
        across[j].pop(i)
        across.append(across[i] + across[j])
        members.append(members[i] + members[j])
        members[i], members[j] = [], []
        new = len(members) - 1
        for other, edges in across[new].items():
            across[other][new] = edges
            del across[other][i], across[other][j]
            heapq.heappush(heap, (-closeness(new, other), new, other))
    return [m for m in members if m], loosest


def _edges_between(graph: igraph.Graph, parts: list[list[int]]) -> list[Counter[int]]:
    """For each part, its number of edges to each part it is joined with, itself included."""
    home = np.empty(graph.vcount(), dtype=np.int64)
    for i, part in enumerate(parts):
        home[part] = i
    ends = home[np.array(graph.get_edgelist(), dtype=np.int64)]
    pairs, counts = np.unique(ends.min(axis=1) * len(parts) + ends.max(axis=1), return_counts=True)
    between: list[Counter[int]] = [Counter() for _ in parts]
    for pair, edges in zip(pairs.tolist(), counts.tolist(), strict=True):
        i, j = divmod(pair, len(parts))
        between[i][j] = between[j][i] = edges
    return between


def _partition(graph: igraph.Graph, method: Community, drawn: random.Random) -> list[list[int]]:
    if method == "leiden":
        found = graph.community_leiden(objective_function="CPM", resolution=LEIDEN_DENSITY, n_iterations=-1)
        return [list(part) for part in found]
    if method == "python-louvain":
        return _python_louvain(graph, drawn.randrange(2**32))
    return [list(part) for part in graph.community_multilevel(weights="weight")]


def _by_home(homes: Iterable[int]) -> list[list[int]]:
    """Nodes with the same home together; `homes` are those of the nodes in order."""
    parts: dict[int, list[int]] = {}
    for node, home in enumerate(homes):
        parts.setdefault(home, []).append(node)
    return list(parts.values())


def _python_louvain(graph: igraph.Graph, seed: int) -> list[list[int]]:
    import community  # slow to import, and only asked for by name

    plain = nx.Graph()
    plain.add_nodes_from(range(graph.vcount()))
    plain.add_weighted_edges_from((a, b, w) for (a, b), w in zip(graph.get_edgelist(), graph.es["weight"], strict=True))
    home = community.best_partition(plain, weight="weight", random_state=seed)
    return _by_home(home[node] for node in range(graph.vcount()))
