"""How an account comes by followers when nobody is paid: steadily, and in crowds on a few viral days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from campaign_analysis.arrays import Floats

DAY = 86_400.0
BORN = datetime(2007, 1, 1, tzinfo=UTC).timestamp()
"""Seconds since 1970 of the first accounts of the invented platform."""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """An account's life: its followers without bought ones, its first and last day, and how it grows.

    Each of the viral days brings `viral_share` of all followers. A third of a viral day's crowd is from elsewhere:
    most of them joined within the same year or two. `newcomers` is the share of followers who joined the platform to
    follow; on a viral day it is `viral_newcomers`.
    """

    followers: int = 20_000
    begins: datetime = datetime(2014, 1, 1, tzinfo=UTC)
    ends: datetime = datetime(2018, 1, 1, tzinfo=UTC)
    viral_days: int = 3
    viral_share: float = 0.05
    newcomers: float = 0.06
    viral_newcomers: float = 0.35


def follows(rng: np.random.Generator, audience: Audience) -> tuple[Floats, Floats]:
    """When each follower followed and when its account was made (seconds since 1970), in the order of following."""
    begins, ends = audience.begins.timestamp(), audience.ends.timestamp()
    viral = rng.binomial(1, audience.viral_days * audience.viral_share, audience.followers).astype(bool)
    # Growth is faster late than early: the square root of a uniform number.
    time = begins + (ends - begins) * np.sqrt(rng.random(audience.followers))
    starts = begins + (ends - begins) * (0.1 + 0.85 * rng.random(max(audience.viral_days, 1)))
    which = rng.integers(0, len(starts), audience.followers)
    time[viral] = np.minimum(starts[which[viral]] + rng.exponential(0.7 * DAY, int(viral.sum())), ends)
    share = np.where(viral, audience.viral_newcomers, audience.newcomers)
    new = rng.random(audience.followers) < share
    made = cohort(rng, time)
    elsewhere = viral & (rng.random(audience.followers) < 1 / 3)
    joined = starts[which] - DAY * (400 + 250 * rng.standard_normal(audience.followers) + 300 * which)
    made[elsewhere] = np.clip(joined[elsewhere], BORN, time[elsewhere])
    # Most newcomers follow on their first day, some weeks later.
    late = rng.random(audience.followers) < 0.15
    age = np.where(late, rng.exponential(12 * DAY, audience.followers), rng.exponential(0.5 * DAY, audience.followers))
    made[new] = np.maximum(time[new] - age[new], BORN)
    order = np.argsort(time, kind="stable")
    return np.asarray(time[order], dtype=np.float64), np.asarray(made[order], dtype=np.float64)


def cohort(rng: np.random.Generator, before: Floats) -> Floats:
    """When accounts of all ages were made: as the platform grew, with its own waves, all before the given moments."""
    edges, mass = _growth()
    upper = np.interp(before, edges, mass)
    return np.asarray(np.interp(rng.random(len(before)) * upper, mass, edges), dtype=np.float64)


def _growth() -> tuple[Floats, Floats]:
    """Sign-ups of the platform, summed: edges in seconds and the sum up to each. The same in every simulation.

    Growth to 2013, then level; some weeks bring two or three times as many, as an event or a new country does.
    """
    rng = np.random.default_rng(2007)
    days = np.arange(14 * 365)
    rate = np.minimum(days / (6 * 365), 1.0) + 0.05
    for day in rng.choice(days, 40, replace=False):
        rate[day : day + 7] *= rng.uniform(1.5, 3.0)
    edges = np.asarray(BORN + DAY * np.arange(len(days) + 1), dtype=np.float64)
    return edges, np.concatenate([[0.0], np.cumsum(rate)]).astype(np.float64)
