"""A conversation behind whose accounts there is nobody: frames for the signals, where any group is drawn by chance.

Nothing here is smooth, for nothing on a platform is: people are busy by hundreds of times, sleep by their own clocks
(some badly), post in sittings, joined when an event made many join, leave when it is over, delete by habit, lose their
accounts, and counters glitch. `plants.py` puts something behind a group.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.account_frames import CLIENTS, DELETIONS, PROFILES, SNAPSHOTS, TIMES, Frame
from campaign_analysis.arrays import Ints

SECOND, HOUR, DAY = 1_000, 3_600_000, 86_400_000
START = int(datetime(2024, 3, 4, tzinfo=UTC).timestamp()) * 1000
DAYS = 42
EVENT = START + 20 * DAY  # many join that day, are talked about, and leave two weeks later
PLACES = (("India", 5.5), ("London, UK", 0.0), ("New York", -5.0), ("somewhere nice", 5.5), (None, -5.0))
APPS = ("Phone A", "Phone B", "Web", "Scheduler", "Tablet", "Old phone", "News tool", "Box 9")

Frames = dict[str, pl.DataFrame]


def quiet(rng: np.random.Generator, accounts: int = 200) -> Frames:
    """Frames of all signals about `accounts` accounts of six weeks, by name."""
    names = [f"q:{i}" for i in range(accounts)]
    joined = rng.random(accounts) < 0.15  # with the event
    place = rng.integers(0, len(PLACES), accounts)
    times = [_posts(rng, bool(joined[i]), PLACES[place[i]][1]) for i in range(accounts)]
    return {
        PROFILES.name: _profiles(rng, names, joined, place),
        TIMES.name: pl.DataFrame(
            {"account": np.repeat(names, [len(t) for t in times]), "time": np.concatenate(times)},
            schema=dict(TIMES.columns),
        ),
        CLIENTS.name: _clients(rng, names, times),
        DELETIONS.name: _deletions(rng, names, times),
        SNAPSHOTS.name: _snapshots(rng, names, joined),
    }


def _posts(rng: np.random.Generator, joined: bool, offset: float) -> Ints:
    """Sittings of a few posts at the waking hours of a place; who came for the event comes and goes with it."""
    begin, end = (EVENT, EVENT + int(rng.integers(10, 16)) * DAY) if joined else (START, START + DAYS * DAY)
    if not joined and rng.random() < 0.2:
        end -= int(rng.integers(0, DAYS)) * DAY  # people lose interest
    sittings = int(1 + rng.lognormal(2.5, 1.0))
    day = rng.integers(0, max(1, (end - begin) // DAY), sittings)
    local = np.clip(rng.normal(16, 4, sittings), 7, 25)
    restless = rng.random(sittings) < rng.beta(1, 12)  # nights without sleep
    local[restless] = rng.uniform(0, 24, int(restless.sum()))
    moment = begin + day * DAY + ((local - offset) % 24 * HOUR).astype(np.int64)
    each = rng.geometric(0.35, sittings)
    first = np.repeat(moment, each)
    spread = (rng.exponential(10 * 60 * SECOND, len(first)) * rng.integers(0, 3, len(first))).astype(np.int64)
    return np.unique((first + spread) // SECOND * SECOND)


def _profiles(rng: np.random.Generator, names: list[str], joined: np.ndarray, place: Ints) -> pl.DataFrame:
    old = START - (rng.beta(1.2, 1.8, len(names)) * 12 * 365 * DAY).astype(np.int64)
    new = EVENT - rng.integers(0, 2 * DAY, len(names))
    status = rng.choice(["active", "suspended", "deleted"], len(names), p=[0.94, 0.03, 0.03])
    return framed(
        PROFILES,
        account=names,
        platform=["q"] * len(names),
        created_at=_utc(np.where(joined & (rng.random(len(names)) < 0.5), new, old)),
        location=[PLACES[i][0] for i in place],
        status=status.tolist(),
    )


def _clients(rng: np.random.Generator, names: list[str], times: list[Ints]) -> pl.DataFrame:
    share = 1 / np.arange(1, len(APPS) + 1)
    main = rng.choice(len(APPS), len(names), p=share / share.sum())
    rows = [(name, APPS[app], len(t)) for name, app, t in zip(names, main, times, strict=True)]
    rows += [(name, APPS[(app + 1) % 4], 1) for name, app in zip(names, main, strict=True) if rng.random() < 0.3]
    return pl.DataFrame(rows, schema=dict(CLIENTS.columns), orient="row").unique(["account", "client"])


def _deletions(rng: np.random.Generator, names: list[str], times: list[Ints]) -> pl.DataFrame:
    habit = np.where(rng.random(len(names)) < 0.3, rng.beta(1, 8, len(names)), 0.005)
    gone = [t[rng.random(len(t)) < h] for t, h in zip(times, habit, strict=True)]
    at = np.concatenate(gone)
    who = np.repeat(names, [len(t) for t in gone])
    later = at + (rng.exponential(3 * DAY, len(at))).astype(np.int64)
    post = [f"q:p{i}" for i in range(len(at))]
    return framed(DELETIONS, account=who, post=post, created_at=_utc(at), deleted_at=_utc(later))


def _snapshots(rng: np.random.Generator, names: list[str], joined: np.ndarray) -> pl.DataFrame:
    """A counter a day, of half of the accounts: slow growth, a jump on the event's day for some, glitches."""
    parts = []
    for i, name in enumerate(names):
        if rng.random() < 0.5:
            continue
        rate = rng.lognormal(0.5, 1.0, 2)
        gains = rng.negative_binomial(1, 1 / (1 + rate[:, None]), (2, DAYS))
        if joined[i] or rng.random() < 0.1:
            gains[:, 20:24] *= 20
        level = 500 + np.cumsum(gains, axis=1)
        level[0, rng.random(DAYS) < 0.01] = 0
        at = START + np.arange(DAYS) * DAY + int(rng.integers(0, DAY))
        columns = {"account": [name] * DAYS, "at": _utc(at), "followers": level[0], "following": level[1]}
        parts.append(framed(SNAPSHOTS, **columns))
    return pl.concat(parts)


def framed(frame: Frame, **columns: object) -> pl.DataFrame:
    """A frame of these columns; the others of its schema are null."""
    given = pl.DataFrame(columns)
    return given.select(
        (pl.col(name) if name in columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in frame.columns.items()
    )


def _utc(epoch_ms: np.ndarray) -> pl.Series:
    moments = pl.Series(np.asarray(epoch_ms, dtype=np.int64))
    return pl.select(pl.from_epoch(moments, "ms")).to_series().cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
