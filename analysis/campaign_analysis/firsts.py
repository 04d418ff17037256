"""Who acts first on a thing, day by day: others may only react to what that account does."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.events import SECOND, Events

DAY = 86_400 * SECOND


def first_actors(events: Events, acts: pl.DataFrame) -> list[str]:
    """Of each object and UTC day of these acts (object, time in epoch ms) the account that acted on it first that day.

    Among all events of the layer, whoever's they are. Left out are objects that the events do not hold, and days on
    which several were first at the same tick of the clock.
    """
    known = acts.filter(pl.col("object").is_in(events.objects.implode()))
    if known.is_empty():
        return []
    day = events.time // DAY
    begin, days = day.min(), np.ptp(day) + 1
    key = events.object.astype(np.int64) * days + (day - begin)  # ascends, as events are sorted by object and time
    object_ = events.objects.search_sorted(known["object"]).to_numpy().astype(np.int64)
    asked = np.unique(object_ * days + (known["time"].to_numpy() // DAY - begin))
    first = np.searchsorted(key, asked[np.isin(asked, key)])
    after = np.minimum(first + 1, len(key) - 1)
    alone = (after == first) | (key[after] != key[first]) | (events.time[after] != events.time[first])
    return events.accounts.gather(events.account[first[alone]]).to_list()
