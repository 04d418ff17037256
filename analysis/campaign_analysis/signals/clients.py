"""A shared client: an application that a group's accounts post with and others of the conversation hardly do."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.stats import hypergeom

from campaign_analysis.account_frames import CLIENTS
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "clients"
LEAST = 5  # accounts of the group whose client is known
FEWEST = 3  # users of a client that is looked at
LEVEL = 0.01


def look(asked: Asked) -> SignalResult:
    """For each client: of all its users, how many a group of this size has by chance; times the number of clients."""
    uses = asked.rows(CLIENTS).select("account", "client").unique()
    everybody = uses["account"].unique()
    mine = everybody.is_in(list(asked.group))
    if mine.sum() < LEAST or mine.all():
        known = int(mine.sum())
        return SignalResult(
            NAME, untried=f"the clients of {known} of its accounts are known; {LEAST} and some others are wanted"
        )
    counted = (
        uses.group_by("client")
        .agg(users=pl.len(), accounts=pl.col("account").filter(pl.col("account").is_in(list(asked.group))).sort())
        .filter(pl.col("users") >= FEWEST)
        .with_columns(hits=pl.col("accounts").list.len().cast(pl.Int64))
        .sort("client")
    )
    if counted.is_empty():
        return SignalResult(NAME, p=1.0, notes=(f"no client has {FEWEST} users here",))
    size = int(mine.sum())
    tail = hypergeom.sf(counted["hits"].to_numpy() - 1, len(everybody), counted["users"].to_numpy(), size)
    tested = counted.with_columns(p=pl.Series(np.minimum(1.0, tail * counted.height))).sort("p", "client")
    said = tested.filter((pl.col("p") <= LEVEL) & (pl.col("hits") > 1))
    seen = tuple(
        Sight(
            f"{row['hits']} of {size} accounts post with “{row['client']}”, and {row['users'] - row['hits']} of "
            f"{len(everybody) - size} others",
            tuple(row["accounts"]),
            p=row["p"],
        )
        for row in said.to_dicts()
    )
    share = tested["hits"][0] / size
    return SignalResult(
        NAME, p=float(tested["p"][0]), measure=Measure("share with the most telling client", share), seen=seen
    )


SIGNAL = Signal(
    name=NAME,
    title="A shared client",
    meaning="An application that the group's accounts post with and others of the conversation hardly do.",
    supports="A rare client that many share may point to one hand that sends their posts; newsrooms and offices with "
    "one tool, schedulers, and people of one country's phones look the same.",
    source="hypergeometric tail, times the number of clients with three users or more",
    needs=(CLIENTS,),
    look=look,
)
