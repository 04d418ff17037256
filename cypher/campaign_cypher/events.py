"""Events of a layer out of a store: who did what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from campaign_cypher import queries
from campaign_cypher.store import Store

EPOCH = 1_288_834_974_657  # ms since 1970
CLOCKED = 10**15  # ids from here on are by the clock, those before were counted


def read_events(
    store: Store,
    layer: str,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    accounts: Sequence[str] = (),
    objects: Sequence[str] = (),
    posts: bool = False,
) -> pl.DataFrame:
    """Acts of a layer, or of `talk`, between two moments, both included; null leaves a side open.

    Columns: account String, object String, time Int64 (milliseconds since 1970, UTC); where the layer's objects belong
    to somebody (retweet, quote, reply, url) source String, null where nobody knows whose the object is; where they are
    posts (retweet, quote, reply) born Int64, when that post came out, null where neither the store nor its id says;
    with `posts` also post String, the act's own, which costs a fifth more. One row an act, in the order of time,
    account and object. `accounts` and `objects` keep only acts of these, on these. Raises StoreError where the layer
    has no stored query `events/<layer>`.
    """
    query = queries.get(f"events/{layer}")
    asked: dict[str, object] = {"since": since, "until": until}
    for parameter, values in (("accounts", accounts), ("objects", objects)):
        if len(values):
            asked[parameter] = values
        else:
            query = query.for_all(parameter)
    frame = store.read(query if posts else query.without("post"), asked)
    if "born" in frame.columns:
        frame = frame.with_columns(born=pl.coalesce("born", told_by_id("object")))
    return frame.sort("time", "account", "object", *(["post"] if posts else []))


def told_by_id(column: str) -> pl.Expr:
    """When a post of X was posted (epoch ms), by its id; null for other ids.

    X numbers posts by the clock since 2010-11-04: the first 42 bits are the ms since EPOCH ("snowflake", in X's own
    documentation of its ids).
    """
    number = pl.col(column).str.extract(r"^x:(\d{15,19})$").cast(pl.Int64, strict=False)
    return pl.when(number >= CLOCKED).then(number // 2**22 + EPOCH)


def read_texts(store: Store, since: datetime | None = None, until: datetime | None = None) -> pl.DataFrame:
    """Posts with text that are no retweets, between two moments, both included.

    Columns: account String, post String, text String, time Int64 (milliseconds since 1970, UTC), in the order of
    time and post.
    """
    return store.read(queries.get("events/text"), {"since": since, "until": until}).sort("time", "post")
