"""Events of a layer out of a store: who did what, and when."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from campaign_cypher import queries
from campaign_cypher.store import Store


def read_events(store: Store, layer: str, since: datetime | None = None, until: datetime | None = None) -> pl.DataFrame:
    """Acts of a layer (hashtag, mention, retweet, url) between two moments, both included; null leaves a side open.

    Columns: account String, object String, time Int64 (milliseconds since 1970, UTC), and for retweets source String,
    whose post is passed on (a handle in lower case, or an id), null where nobody knows; one row an act, in the order
    of time, account and object. Raises StoreError where the layer has no stored query `events/<layer>`.
    """
    frame = store.read(queries.get(f"events/{layer}"), {"since": since, "until": until})
    return frame.sort("time", "account", "object")


def read_texts(store: Store, since: datetime | None = None, until: datetime | None = None) -> pl.DataFrame:
    """Posts with text that are no retweets, between two moments, both included.

    Columns: account String, post String, text String, time Int64 (milliseconds since 1970, UTC), in the order of
    time and post.
    """
    return store.read(queries.get("events/text"), {"since": since, "until": until}).sort("time", "post")
