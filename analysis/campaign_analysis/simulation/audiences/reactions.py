"""Reactions to one account's posts: fans of all kinds, viral posts, and crowds that were bought for some posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.simulation.audiences.organic import DAY

MINUTE = 60.0


@dataclass(frozen=True, kw_only=True)
class Reactions:
    """An account's posts and who retweets them.

    `faithful` fans react to four fifths of all posts, half of them within minutes, for they are notified; `topics` of
    `topic_fans` people each care for one topic in four; `public` people react now and then; one post in ten is viral
    and brings strangers. Of the posts, `bought` get `lot` reactions each within `minutes`, by a crowd of the seller's
    stock of `stock`.
    """

    posts: int = 40
    faithful: int = 40
    topics: int = 4
    topic_fans: int = 60
    public: int = 2_000
    bought: int = 0
    lot: int = 200
    stock: int = 400
    minutes: float = 12
    start: datetime = datetime(2022, 1, 3, tzinfo=UTC)


def simulate_reactions(seed: int, setting: Reactions | None = None) -> pl.DataFrame:
    """Reactions: post, account, kind, at, rank, as `engagement` takes them, and bought Boolean, the truth."""
    setting = setting or Reactions()
    rng = np.random.default_rng(seed)
    bought = set(rng.choice(setting.posts, setting.bought, replace=False).tolist())
    rows: list[tuple[str, str, float, bool]] = []
    for post in range(setting.posts):
        begins = setting.start.timestamp() + post * DAY * rng.uniform(0.9, 1.0)
        name = f"p{post:03}"
        rows += [(name, who, begins + delay, False) for who, delay in _people(rng, setting, post)]
        if post in bought:
            size = setting.lot + int(rng.integers(0, max(setting.lot // 100, 1)))
            crowd = rng.choice(setting.stock, min(size, setting.stock), replace=False)
            late = begins + rng.uniform(5, 240) * MINUTE
            rows += [(name, f"g{i}", late + rng.random() * setting.minutes * MINUTE, True) for i in crowd]
    frame = pl.DataFrame(rows, ["post", "account", "seconds", "bought"], orient="row")
    at = (pl.col("seconds") * 1e6).cast(pl.Int64).cast(pl.Datetime("us", "UTC"))
    return frame.select("post", "account", "bought", at=at, kind=pl.lit("retweet"), rank=pl.lit(None, pl.Int64)).sort(
        "post", "at"
    )


def _people(rng: np.random.Generator, setting: Reactions, post: int) -> list[tuple[str, float]]:
    """Who reacts by themselves, and how long after the post (seconds)."""
    names = [f"f{i}" for i in np.flatnonzero(rng.random(setting.faithful) < 0.8)]
    delays = [rng.exponential(4 * MINUTE if int(name[1:]) % 2 else 90 * MINUTE) for name in names]
    topic = int(rng.integers(setting.topics)) if setting.topics else 0
    fans = np.flatnonzero(rng.random(setting.topic_fans) < 0.5) if setting.topics else np.empty(0, int)
    names += [f"t{topic}-{i}" for i in fans]
    activity = 0.004 / (0.1 + np.arange(setting.public) / setting.public)
    names += [f"u{i}" for i in np.flatnonzero(rng.random(setting.public) < activity)]
    if rng.random() < 0.1:
        names += [f"v{post}-{i}" for i in range(int(rng.integers(200, 1_500)))]
    slow = rng.lognormal(np.log(150 * MINUTE), 1.2, len(names) - len(delays))
    return list(zip(names, [*delays, *slow.tolist()], strict=True))
