"""Who fell silent: last times of accounts as survival data, where the end of the data is no death.

An account is *dark* where it is silent to the end for longer than it ever was before, and for a day at least. All
others are censored at the end. With everybody followed to the same end, the Kaplan-Meier estimate at the end is the
share that is not dark. Two groups are compared by log-rank scores (event minus the hazard cumulated while at risk:
Peto & Peto 1972), tested by drawing groups by chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.permutation import Bools

DAY = 86_400_000
FEWEST = 5  # posts of an account under which its silence says nothing


@dataclass(frozen=True)
class Lives:
    """One entry an account: its id, first and last time (epoch ms), and whether it is dark; `end` of the data."""

    account: pl.Series
    first: Ints
    last: Ints
    dark: Bools
    end: int

    def of(self, counts: Callable[[str], bool]) -> Lives:
        """Those accounts of which `counts` is true."""
        kept = np.array([counts(account) for account in self.account], dtype=np.bool_)
        kept_accounts = self.account.filter(pl.Series(kept))
        return Lives(kept_accounts, self.first[kept], self.last[kept], self.dark[kept], self.end)


def lives(times: pl.DataFrame) -> Lives:
    """From `account, time` (epoch ms) of all posts; accounts with fewer than `FEWEST` posts are left out."""
    end = max(times["time"].to_list(), default=0)
    known = (
        times.sort("account", "time")
        .group_by("account", maintain_order=True)
        .agg(
            posts=pl.len(),
            first=pl.col("time").first(),
            last=pl.col("time").last(),
            longest=pl.col("time").diff().max(),
        )
        .filter(pl.col("posts") >= FEWEST)
        .with_columns(silent=end - pl.col("last"))
    )
    dark = (known["silent"] > known["longest"]) & (known["silent"] > DAY)
    first, last = known["first"].to_numpy(), known["last"].to_numpy()
    return Lives(known["account"], first, last, dark.to_numpy(), end)


def logrank_scores(known: Lives) -> Floats:
    """Event minus the hazard cumulated from an account's first post to its last: positive where it fell dark early."""
    leaves = np.where(known.dark, known.last, known.end)
    moments = np.unique(known.last[known.dark])
    began, left = np.sort(known.first), np.sort(leaves)
    risk = np.searchsorted(began, moments, side="left") - np.searchsorted(left, moments, side="left")
    died = np.searchsorted(np.sort(known.last[known.dark]), moments, side="right") - np.searchsorted(
        np.sort(known.last[known.dark]), moments, side="left"
    )
    hazard = np.concatenate([[0.0], np.cumsum(died / np.maximum(risk, 1))])
    until, since = (np.searchsorted(moments, t, side="right") for t in (leaves, known.first))
    return np.asarray(known.dark - (hazard[until] - hazard[since]))
