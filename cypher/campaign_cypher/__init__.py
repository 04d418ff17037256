"""The graph: its model, its schema, its stored queries, and the stores that run them."""

from campaign_cypher.target import StoreTarget, connect

__all__ = ["StoreTarget", "connect"]
