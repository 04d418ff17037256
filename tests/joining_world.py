"""A small world in which accounts join a core: few turn up often, many seldom, and a crowd goes by."""

from __future__ import annotations

import random

import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.sessions import Scale
from slow_method import NOON, Act, frame_of

LEADERS = [f"lead{i}" for i in range(4)]
FOLLOWERS = [f"ring{i:02}" for i in range(40)]
CROWD = [f"c{i:03}" for i in range(200)]
ACTIONS = 16
SCALES = (Scale(60, 1800), Scale(60, 7200))


def joining_acts(seed: int = 2) -> list[Act]:
    """Sixteen actions, nineteen hours and more apart, each on a tag that others use as well; and everyday posts."""
    rng = random.Random(seed)
    acts = []
    for action in range(ACTIONS):
        tag, begins = f"push{action % 3}", NOON + action * 70_000
        there = [m for m in LEADERS if rng.random() < 0.4] + [m for m in FOLLOWERS if rng.random() < 0.16]
        acts += [Act(m, tag, begins + rng.randrange(60)) for m in there]
        acts += [Act(rng.choice(CROWD), tag, begins + rng.randrange(-3600, 3600)) for _ in range(6)]
    for who in [*LEADERS, *FOLLOWERS, *CROWD]:
        acts += [Act(who, f"tag{rng.randrange(40)}", NOON + rng.randrange(ACTIONS * 70_000)) for _ in range(12)]
    return acts


def joining_input(seed: int = 2) -> LayerInput:
    """The world as one layer."""
    return LayerInput("hashtag", frame_of(joining_acts(seed)), SCALES)


def joining_csv(seed: int = 2) -> str:
    """The world as a file that `campaign load` takes: each act a post with one hashtag."""
    rows = sorted(joining_acts(seed), key=lambda act: act.when)
    posts = pl.DataFrame(
        {
            "id": [str(1000 + i) for i in range(len(rows))],
            "account_id": [act.who for act in rows],
            "created_at": [act.when for act in rows],
            "text": [f"note {i} #{act.what}" for i, act in enumerate(rows)],
            "platform": ["x"] * len(rows),
        }
    )
    return posts.with_columns(pl.from_epoch("created_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")).write_csv()
