"""Where a network's nodes are drawn: the same places for the same graph."""

from __future__ import annotations

import random
from collections.abc import Sequence

import igraph

SEED = 1
ITERATIONS = 300


def places(nodes: int, edges: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Fruchterman and Reingold's force-directed layout (1991) from a circle, with a fixed seed; a place a node."""
    graph = igraph.Graph(n=nodes, edges=list(edges))
    # igraph draws from one generator for the whole process: ours for the moment, then Python's again.
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        laid = graph.layout_fruchterman_reingold(niter=ITERATIONS, seed=graph.layout_circle(), grid=False)
    finally:
        igraph.set_random_number_generator(random)
    return [(round(x, 2), round(y, 2)) for x, y in laid.coords]
