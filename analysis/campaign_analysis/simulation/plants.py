"""What can be put behind accounts of a quiet conversation, one thing for each signal that should see it.

All accounts given have it: who wants it behind a part of a group gives a part.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from campaign_analysis.account_frames import CLIENTS, DELETIONS, PROFILES, SNAPSHOTS, TIMES
from campaign_analysis.arrays import Ints
from campaign_analysis.simulation.quiet import DAY, DAYS, HOUR, START, Frames, framed

Plant = Callable[[np.random.Generator, Frames, list[str]], Frames]
MINUTE = 60_000


def born(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Made within two days, a year before."""
    lot = START - 400 * DAY + rng.integers(0, 2 * DAY, len(group))
    made = dict(zip(group, lot.tolist(), strict=True))
    new = pl.col("account").replace_strict(made, default=None, return_dtype=pl.Int64)
    when = pl.from_epoch(new, "ms").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    return frames | {PROFILES.name: frames[PROFILES.name].with_columns(created_at=pl.coalesce(when, "created_at"))}


def leaps(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Bought followers on the same day; their counters are known."""
    day, rows = 11, []
    for name in group:
        gains = rng.poisson(3, DAYS)
        gains[day : day + 5] += rng.poisson(400, 5)
        at = START + np.arange(DAYS) * DAY + HOUR
        rows.append(_counters(name, at, 500 + np.cumsum(gains)))
    others = frames[SNAPSHOTS.name].filter(~pl.col("account").is_in(group))
    return frames | {SNAPSHOTS.name: pl.concat([others, *rows])}


def dark(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Busy to one evening, ten days before the end, and never seen again."""
    last = START + 32 * DAY
    return _posting(frames, group, lambda: last - rng.integers(0, 25 * DAY, 60))


def removed(_rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Suspended."""
    gone = pl.col("account").is_in(group)
    status = pl.when(gone).then(pl.lit("suspended")).otherwise("status")
    return frames | {PROFILES.name: frames[PROFILES.name].with_columns(status=status)}


def deleted(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """A quarter of their posts gone within five minutes."""
    posts = frames[TIMES.name].filter(pl.col("account").is_in(group))
    gone = posts.filter(pl.Series(rng.random(posts.height) < 0.25))
    when = pl.from_epoch("time", "ms").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    rows = gone.with_columns(created_at=when, deleted_at=when + pl.duration(minutes=5), post=pl.lit("q:x"))
    both = [frames[DELETIONS.name], rows.select(*DELETIONS.columns)]
    return frames | {DELETIONS.name: pl.concat(both)}


def clients(_rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """They, and three others, post with a client of their own."""
    others = frames[PROFILES.name].filter(~pl.col("account").is_in(group))["account"].to_list()[:3]
    users = [*group, *others]
    rows = framed(CLIENTS, account=users, client=["Panel 7"] * len(users), posts=[9] * len(users))
    return frames | {CLIENTS.name: pl.concat([frames[CLIENTS.name], rows])}


def seconds(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Half of all posts at the full minute."""

    def times() -> Ints:
        moment = START + rng.integers(0, DAYS * DAY, 60) // 1000 * 1000
        return np.asarray(np.where(rng.random(60) < 0.5, moment // MINUTE * MINUTE, moment))

    return _posting(frames, group, times)


def gaps(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Every twenty minutes or so, in queues of twelve."""

    def times() -> Ints:
        starts = START + rng.integers(0, DAYS, 5) * DAY + rng.integers(0, DAY, 5)
        queue = np.arange(12) * 20 * MINUTE
        return np.asarray((starts[:, None] + queue + rng.integers(0, MINUTE, (5, 12))).ravel())

    return _posting(frames, group, times)


def sleep(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """At any hour of the day."""
    return _posting(frames, group, lambda: START + rng.integers(0, DAYS * DAY, 120))


def place(rng: np.random.Generator, frames: Frames, group: list[str]) -> Frames:
    """Said to be in New York, awake by the clock of Moscow."""
    awake = _posting(
        frames, group, lambda: START + rng.integers(0, DAYS, 80) * DAY + rng.integers(5 * HOUR, 20 * HOUR, 80)
    )
    mine = pl.col("account").is_in(group)
    there = pl.when(mine).then(pl.lit("New York")).otherwise("location")
    return awake | {PROFILES.name: awake[PROFILES.name].with_columns(location=there)}


def _posting(frames: Frames, group: list[str], times: Callable[[], Ints]) -> Frames:
    """The frames with new times of posts for the group."""
    others = frames[TIMES.name].filter(~pl.col("account").is_in(group))
    rows = [framed(TIMES, account=[name] * len(t), time=t) for name in group for t in [np.unique(times())]]
    return frames | {TIMES.name: pl.concat([others, *rows])}


def _counters(name: str, at: Ints, followers: Ints) -> pl.DataFrame:
    moments = pl.select(pl.from_epoch(pl.Series(at), "ms")).to_series().cast(pl.Datetime("us"))
    zoned = moments.dt.replace_time_zone("UTC")
    return framed(SNAPSHOTS, account=[name] * len(at), at=zoned, followers=followers, following=followers * 0 + 100)


PLANTS: dict[str, Plant] = {
    plant.__name__: plant for plant in (born, leaps, dark, removed, deleted, clients, seconds, gaps, sleep, place)
}
"""By the name of the signal that should see it."""
