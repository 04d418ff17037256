"""Removed: more of a group's accounts were suspended or deleted than of others of the conversation."""

from __future__ import annotations

import polars as pl
from scipy.stats import hypergeom

from campaign_analysis.account_frames import PROFILES, SNAPSHOTS
from campaign_analysis.detectability import wilson
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "removed"
GONE = ("suspended", "deleted")
LEAST = 5


def look(asked: Asked) -> SignalResult:
    """Hypergeometric: of all accounts and all that are gone, how many gone ones a group of this size has by chance."""
    known = _statuses(asked)
    gone = known.filter(pl.col("status").is_in(GONE))
    if gone.is_empty():
        return SignalResult(NAME, untried="of no account is it known that it was suspended or deleted")
    notes = ["status is that of the newest look; accounts that nobody looked at again count as there"]
    if known["status"].null_count() == 0:
        notes = []
    mine = known["account"].is_in(list(asked.group))
    of, others = int(mine.sum()), int((~mine).sum())
    if of < LEAST or not others:
        return SignalResult(NAME, untried=f"{of} accounts and {others} others: {LEAST} and some others are wanted")
    hits, there = gone.filter(gone["account"].is_in(list(asked.group))), gone.height
    p = float(hypergeom.sf(hits.height - 1, known.height, there, of))
    low, high = wilson(hits.height, of)
    what = (
        f"{hits.height} of {of} accounts are suspended or deleted, and {there - hits.height} of {others} others"
        f"{_kinds(hits)}"
    )
    seen = (Sight(what, tuple(hits["account"]), p=p),) if hits.height else ()
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share of its accounts that are gone", hits.height / of, low, high),
        seen=seen,
        notes=tuple(notes),
    )


def _statuses(asked: Asked) -> pl.DataFrame:
    """One row an account: the profile's status, or a later one that a snapshot tells."""
    profiles = asked.rows(PROFILES).select("account", "status", at="last_seen_at")
    later = asked.rows(SNAPSHOTS).select("account", "status", "at").drop_nulls("status")
    rows = pl.concat([profiles, later]).sort("account", "at", nulls_last=False)
    return rows.group_by("account", maintain_order=True).agg(pl.col("status").drop_nulls().last())


def _kinds(hits: pl.DataFrame) -> str:
    counts = dict(hits["status"].value_counts().sort("status").iter_rows())
    return f" ({', '.join(f'{number} {status}' for status, number in counts.items())})" if counts else ""


SIGNAL = Signal(
    name=NAME,
    title="Removed",
    meaning="Accounts of the group that the platform suspended or that were deleted, against the others of the "
    "conversation.",
    supports="A platform that removes many of a group saw something in them, rightly or not; mass reporting by "
    "opponents, and people who leave after a quarrel, look the same.",
    source="hypergeometric tail",
    needs=(PROFILES, SNAPSHOTS),
    look=look,
)
