"""A store that notes which stored queries it was asked, with which parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from campaign_cypher.queries import StoredQuery
from campaign_cypher.store import Store

from campaign.reporting.data import QueryUse


class Asked:
    """A store as it is, but for `uses`: each different question once, in the order in which it was first asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.uses: list[QueryUse] = []

    def read(self, query: StoredQuery, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """Ask, and note it."""
        use = QueryUse(query.id, query.title, query.bind(parameters))
        if use not in self.uses:
            self.uses.append(use)
        return self._store.read(query, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
