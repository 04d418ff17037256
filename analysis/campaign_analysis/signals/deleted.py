"""Deleted posts: a group's accounts took back more of their posts than others who post as much."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.account_frames import DELETIONS, TIMES
from campaign_analysis.detectability import wilson
from campaign_analysis.permutation import score_test, strata_of
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "deleted"
LEAST = 5  # accounts of the group
SOON = pl.duration(minutes=10)  # a post that vanished so soon hardly was to be read


def look(asked: Asked) -> SignalResult:
    """Shares of posts that are gone, compared among accounts that post as much."""
    gone, times = asked.rows(DELETIONS), asked.rows(TIMES)
    if gone.is_empty():
        return SignalResult(NAME, untried="of no post is it known that it was deleted")
    counted = (
        times.group_by("account")
        .agg(posts=pl.len())
        .join(gone.group_by("account").agg(gone=pl.len()), on="account", how="left")
    )
    counted = counted.sort("account").with_columns(pl.col("gone").fill_null(0))
    mine = counted["account"].is_in(list(asked.group)).to_numpy()
    if mine.sum() < LEAST or mine.all():
        return SignalResult(NAME, untried=f"{int(mine.sum())} of its accounts post; {LEAST} and some others are wanted")
    posts, lost = counted["posts"].to_numpy(), counted["gone"].to_numpy()
    p = score_test(lost / posts, mine, strata_of(posts.astype(np.float64)))
    hits, of = int(lost[mine].sum()), int(posts[mine].sum())
    low, high = wilson(hits, of)
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share of its posts that are gone", hits / of, low, high),
        seen=tuple(
            _seen(
                gone.filter(gone["account"].is_in(list(asked.group))), hits, of, lost[~mine].sum(), posts[~mine].sum()
            )
        ),
        notes=("the interval takes posts as independent",),
    )


def _seen(mine: pl.DataFrame, hits: int, of: int, others_gone: int, others: int) -> list[Sight]:
    if not hits:
        return []
    said = f"{hits:,} of {of:,} posts are gone, and {others_gone:,} of {others:,} of the others"
    soon = mine.filter(pl.col("deleted_at") - pl.col("created_at") <= SOON)
    vanished = [_sight(f"{soon.height:,} posts vanished within ten minutes of posting", soon)] if soon.height else []
    return [_sight(said, mine), *vanished]


def _sight(what: str, posts: pl.DataFrame) -> Sight:
    times = posts["deleted_at"].to_list()
    return Sight(what, tuple(posts["account"].unique().sort()), min(times), max(times))


SIGNAL = Signal(
    name=NAME,
    title="Deleted posts",
    meaning="Posts of the group that were seen to be gone, as a share of each account's posts, against others who post "
    "as much; and posts that vanished within minutes of posting.",
    supports="Posts that push a hashtag and vanish leave a trend without a trace; people who tidy up, or delete by a "
    "tool after a month, look the same.",
    source="van Elteren's rank test in strata of activity, groups drawn by chance; ephemeral astroturfing: Elmas "
    "et al. 2021",
    needs=(TIMES, DELETIONS),
    look=look,
)
