"""Stored queries: every text that asks the graph for something is a file here.

`get` and `all_queries` give them as checked objects. A file's header is read by `campaign_cypher.queries.header`.
"""

from __future__ import annotations

from campaign_cypher.queries.catalogue import Catalogue, all_queries, get
from campaign_cypher.queries.query import Column, Dialect, Parameter, StoredQuery

__all__ = ["Catalogue", "Column", "Dialect", "Parameter", "StoredQuery", "all_queries", "get"]
