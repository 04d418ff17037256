"""The rhythm of an account's posts as numbers: seconds of the minute, gaps, hours of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.stats import binom

from campaign_analysis.account_frames import TIMES
from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.permutation import Bools, score_test, strata_of
from campaign_analysis.signals import Asked

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
LEAST = 5  # accounts of the group with enough posts
NIGHT = 5  # hours of sleep that are looked for


@dataclass(frozen=True)
class Rhythm:
    """Scores of accounts with enough posts: ids, scores, number of posts, and who is of the group; p of the group."""

    account: list[str]
    score: Floats
    posts: Ints
    mine: Bools
    p: float


def compared(asked: Asked, name: str, score: Callable[[Ints], float | None], fewest: int) -> Rhythm | None:
    """Score each account with `fewest` posts by its sorted times, and test the group against others as busy.

    None where fewer than `LEAST` accounts of the group, or none of the others, can be scored.
    """
    everybody = asked.once(name, lambda: _scored(asked.frames[TIMES.name], score, fewest))
    scored = [entry for entry in everybody if asked.counts(entry[0])]
    mine = np.array([account in asked.group for account, _, _ in scored], dtype=np.bool_)
    if mine.sum() < LEAST or mine.all():
        return None
    values = np.array([v for _, v, _ in scored])
    posts = np.array([n for _, _, n in scored], dtype=np.int64)
    p = score_test(values, mine, strata_of(posts.astype(np.float64)))
    return Rhythm([a for a, _, _ in scored], values, posts, mine, p)


def _scored(times: pl.DataFrame, score: Callable[[Ints], float | None], fewest: int) -> list[tuple[str, float, int]]:
    """Account, score and number of posts."""
    lists = times.sort("account", "time").group_by("account", maintain_order=True).agg("time")
    return [
        (account, value, len(moments))
        for account, moments in lists.filter(pl.col("time").list.len() >= fewest).iter_rows()
        if (value := score(np.asarray(moments, dtype=np.int64))) is not None
    ]


def top_second(times: Ints) -> tuple[int, int, float]:
    """The second of the minute with most posts, how many, and -log10 p that uniform seconds have as many in one."""
    counts = np.bincount(times // 1000 % 60, minlength=60)
    most = int(counts.max())
    tail = min(1.0, 60 * float(binom.sf(most - 1, len(times), 1 / 60)))
    return int(counts.argmax()), most, -float(np.log10(max(tail, 1e-300)))


def gap_entropy(times: Ints) -> float | None:
    """Entropy (bits) of an account's gaps on a logarithmic scale, halves of a doubling; None where it has none."""
    gaps = np.diff(times)
    gaps = gaps[gaps > 0]
    if not len(gaps):
        return None
    share = np.unique(np.round(2 * np.log2(gaps)), return_counts=True)[1] / len(gaps)
    return float(-(share * np.log2(share)).sum())


def quiet_hours(times: Ints) -> tuple[int, float]:
    """The beginning (hour, UTC) of the quietest `NIGHT` hours of the day, and the share of posts in them.

    Of equally quiet hours those that lie in the middle: the hours around them decide.
    """
    counts = np.bincount(times // HOUR % 24, minlength=24)
    around = np.tile(counts, 3)
    sums = np.array([around[24 + h : 24 + h + NIGHT].sum() for h in range(24)])
    wider = np.array([around[24 + h - 3 : 24 + h + NIGHT + 3].sum() for h in range(24)])
    widest = np.array([around[24 + h - 6 : 24 + h + NIGHT + 6].sum() for h in range(24)])
    return int(np.lexsort((widest, wider, sums))[0]), float(sums.min() / len(times))


def days(times: Ints) -> int:
    """On how many days (UTC) there are posts."""
    return len(np.unique(times // DAY))
