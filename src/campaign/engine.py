"""`detect --engine gds`: the pairs are parted inside the database, and how far that agrees with us is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import polars as pl
from campaign_analysis.communities import communities, weighted
from campaign_analysis.stability import alike
from campaign_cypher.store import Store

from campaign.failures import UsageError
from campaign.request import Request

if TYPE_CHECKING:  # the driver is slow to import
    from campaign_cypher.neo4j_gds import Algorithm
    from campaign_cypher.neo4j_store import Neo4jStore


class InDatabase:
    """Parts the graph of pairs by the GDS of a store: a method for `campaign_analysis.communities`."""

    def __init__(self, store: Neo4jStore, version: str, request: Request) -> None:
        self._store, self._version, self._request = store, version, request
        self._parts: list[list[str]] = []

    def __call__(self, edges: pl.DataFrame) -> list[list[str]]:
        """Parts of accounts by the edges `a, b, weight`. Raises StoreError where GDS fails."""
        self._parts = self._store.parts(edges, cast("Algorithm", self._request.community), self._request.seed)
        return self._parts

    def agreement(self, edges: pl.DataFrame) -> str:
        """A sentence on how far the parts last made, of the pairs of `edges` (EDGE_SCHEMA), are those igraph makes."""
        method, seed = self._request.community, self._request.seed
        pairs = weighted(edges)
        ours = communities(pairs, method, seed)
        theirs = communities(pairs, lambda _: self._parts, seed)
        by_gds = f"The pairs were parted inside the database, by GDS {self._version} ({method})"
        if not ours:
            return f"{by_gds}: there were none."
        return (
            f"{by_gds}, in {len(theirs)} parts; igraph's {method} makes {len(ours)}. Adjusted Rand index of the two: "
            f"{alike(ours, theirs):.3f}, where 1 is full agreement."
        )


def in_database(store: Store, request: Request) -> InDatabase | None:
    """The method inside the database, where the request asks for it. Raises UsageError where the store has no GDS."""
    if request.engine != "gds":
        return None
    from campaign_cypher.neo4j_store import Neo4jStore

    bring = "`campaign neo4j start --with gds` brings one"
    if not isinstance(store, Neo4jStore):
        raise UsageError(f"--engine gds wants a Neo4j with GDS, and {store.address} is an embedded store: {bring}")
    version = store.about().plugins["GDS"]
    if version is None:
        raise UsageError(f"--engine gds: the Neo4j at {store.address} has no GDS: install it there, or {bring}")
    return InDatabase(store, version, request)
