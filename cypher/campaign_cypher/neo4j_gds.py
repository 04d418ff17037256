"""Parting a graph inside the database, by Neo4j's Graph Data Science (GDS)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal
from uuid import uuid4

import neo4j
import polars as pl

from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_session import Session

Algorithm = Literal["louvain", "leiden"]

_PROJECT = (
    "UNWIND range(0, size($a) - 1) AS i "
    "RETURN gds.graph.project($graph, $a[i], $b[i], {relationshipProperties: {weight: $weight[i]}}, "
    "{undirectedRelationshipTypes: ['*']}).nodeCount AS nodes"
)
_DROP = "CALL gds.graph.drop($graph, false) YIELD graphName RETURN graphName"
# One thread, so that the same pairs fall into the same parts each time; Louvain takes no seed.
_PART = {
    "louvain": "CALL gds.louvain.stream($graph, {relationshipWeightProperty: 'weight', concurrency: 1})",
    "leiden": "CALL gds.leiden.stream($graph, "
    "{relationshipWeightProperty: 'weight', concurrency: 1, randomSeed: $seed})",
}
_COLLECT = " YIELD nodeId, communityId RETURN collect(nodeId), collect(communityId)"


def parts(session: Session, edges: pl.DataFrame, algorithm: Algorithm, seed: int) -> list[list[str]]:
    """Parts of the undirected graph of `edges` (`a, b, weight`), each a sorted list of names, by GDS on the server.

    louvain: Blondel et al. 2008; leiden: Traag et al. 2019; both weighted, for modularity. The graph is projected into
    the server's memory under a name of its own and dropped again; nothing is written. Raises StoreError where GDS
    fails, for want of memory say.
    """
    if edges.is_empty():
        return []
    edges = edges.sort("a", "b")
    names = pl.concat([edges["a"], edges["b"]]).unique().sort()
    numbers = {name: number for number, name in enumerate(names)}
    columns = {
        "a": edges["a"].replace_strict(numbers, return_dtype=pl.Int64).to_list(),
        "b": edges["b"].replace_strict(numbers, return_dtype=pl.Int64).to_list(),
        "weight": edges["weight"].to_list(),
        "seed": seed,
    }
    nodes, homes = _asked(session, _PART[algorithm] + _COLLECT, columns)
    by_home = pl.DataFrame({"name": names.gather(nodes), "home": homes}).sort("name")
    return sorted(by_home.group_by("home", maintain_order=True).agg("name")["name"].to_list())


def _asked(session: Session, text: str, columns: dict[str, Any]) -> tuple[list[int], list[int]]:
    """Project, ask and drop in one transaction: a cluster's members do not see each other's projections."""
    graphs: list[str] = []

    def work(tx: neo4j.ManagedTransaction) -> tuple[list[int], list[int]]:
        graphs.append(f"campaign-{uuid4().hex}")  # another for each try
        given = {**columns, "graph": graphs[-1]}
        tx.run(_PROJECT, given).consume()
        nodes, homes = tx.run(text, given).single(strict=True).values()
        tx.run(_DROP, given).consume()
        return nodes, homes

    def drop(tx: neo4j.ManagedTransaction) -> None:  # what a transaction that failed could not
        for graph in graphs:
            tx.run(_DROP, graph=graph).consume()

    try:
        return session.write(work)  # type: ignore[no-any-return]
    except StoreError:
        with suppress(StoreError):
            session.write(drop)
        raise
