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
QUARTER = HOUR // 4
PLACES = DAY // QUARTER  # at which a night may begin
LEAST = 5  # accounts of the group with enough posts
CERTAIN = 10  # posts at the full minute, and no other, from which an account's source keeps no seconds
NIGHT = 5  # hours of sleep that are looked for
PAUSE = 6 * HOUR  # gaps from this on are nights
GAPS = 10  # under it, at least


@dataclass(frozen=True)
class Rhythm:
    """Scores of accounts with enough posts: ids, scores, how busy, and who is of the group; p of the group."""

    account: list[str]
    score: Floats
    activity: Ints
    mine: Bools
    p: float


def compared(
    asked: Asked,
    name: str,
    score: Callable[[Ints], float | None],
    fewest: int,
    activity: Callable[[Ints], int] = len,
) -> Rhythm | None:
    """Score each account with `fewest` posts by its sorted times, and test the group against others as busy.

    `activity` says how busy, by the times. None where fewer than `LEAST` accounts of the group, or none of the others,
    can be scored.
    """
    everybody = asked.once(name, lambda: _scored(asked.frames[TIMES.name], score, fewest, activity))
    scored = [entry for entry in everybody if asked.counts(entry[0])]
    mine = np.array([account in asked.group for account, _, _ in scored], dtype=np.bool_)
    if mine.sum() < LEAST or mine.all():
        return None
    values = np.array([v for _, v, _ in scored])
    busy = np.array([n for _, _, n in scored], dtype=np.int64)
    p = score_test(values, mine, strata_of(busy.astype(np.float64)))
    return Rhythm([a for a, _, _ in scored], values, busy, mine, p)


def _scored(
    times: pl.DataFrame, score: Callable[[Ints], float | None], fewest: int, activity: Callable[[Ints], int]
) -> list[tuple[str, float, int]]:
    """Account, score and activity."""
    lists = times.sort("account", "time").group_by("account", maintain_order=True).agg("time")
    busy = lists.filter(pl.col("time").list.len() >= fewest)
    every = ((account, np.asarray(moments, dtype=np.int64)) for account, moments in busy.iter_rows())
    return [(account, v, activity(at)) for account, at in every if (v := score(at)) is not None]


def without_seconds(times: pl.DataFrame) -> frozenset[str]:
    """Accounts all of whose posts, `CERTAIN` or more, are at the full minute: where sources are mixed, some may keep no
    seconds, and the data's clock does not show it."""
    full = times.group_by("account").agg(n=pl.len(), full=(pl.col("time") % MINUTE == 0).all())
    return frozenset(full.filter((pl.col("n") >= CERTAIN) & pl.col("full"))["account"])


def top_second(times: Ints) -> tuple[int, int, float]:
    """The second of the minute with most posts, how many, and -log10 p that uniform seconds have as many in one."""
    counts = np.bincount(times // 1000 % 60, minlength=60)
    most = int(counts.max())
    tail = min(1.0, 60 * float(binom.sf(most - 1, len(times), 1 / 60)))
    return int(counts.argmax()), most, -float(np.log10(max(tail, 1e-300)))


def short_gaps(times: Ints) -> Ints:
    """An account's gaps of less than `PAUSE`. Longer ones are nights and days off: who came for a week has fewer."""
    gaps = np.diff(times)
    return gaps[(gaps > 0) & (gaps < PAUSE)]


def gap_entropy(times: Ints) -> float | None:
    """Entropy (bits) of an account's short gaps on a logarithmic scale, halves of a doubling; None with few of them."""
    gaps = short_gaps(times)
    if len(gaps) < GAPS:
        return None
    share = np.unique(np.round(2 * np.log2(gaps)), return_counts=True)[1] / len(gaps)
    return float(-(share * np.log2(share)).sum())


def quiet_hours(times: Ints) -> tuple[float, float]:
    """The beginning (hour, UTC) of the quietest `NIGHT` hours of the day, and the share of posts in them.

    They begin at any quarter of an hour, for clocks differ by quarters (5:30, 5:45) and whole hours would cut the
    nights of some people. Of equally quiet hours those that lie in the middle: the hours around them decide.
    """
    around = np.tile(np.bincount(times // QUARTER % PLACES, minlength=PLACES), 3)
    summed = np.concatenate([[0], np.cumsum(around)])
    begin = PLACES + np.arange(PLACES)
    sums, wider, widest = (
        summed[begin + (NIGHT + more) * HOUR // QUARTER] - summed[begin - more * HOUR // QUARTER] for more in (0, 3, 6)
    )
    quietest = int(np.lexsort((widest, wider, sums))[0])
    return quietest * QUARTER / HOUR, float(sums.min() / len(times))


def days(times: Ints) -> int:
    """On how many days (UTC) there are posts."""
    return len(np.unique(times // DAY))
