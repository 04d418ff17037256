"""Simulated worlds as the analysis takes them, without a store between, and what was found held against the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from campaign_analysis.detect import Found, detect
from campaign_analysis.simulation import Setting, simulate
from campaign_analysis.simulation.events import inputs_of

SETTING = Setting(crowd=2500, hashtags=3000)


@dataclass(frozen=True)
class Outcome:
    """What was found in a world, and its truth."""

    found: Found
    guilty: set[str]
    findable: set[str]
    innocent_groups: pl.DataFrame

    @property
    def core(self) -> set[str]:
        return {m.id for g in self.found.groups for m in g.accounts if m.role == "core"}

    @property
    def accused(self) -> set[str]:
        """Everybody in a campaign, core or not."""
        return {m.id for g in self.found.groups if g.claim == "campaign" for m in g.accounts}

    @property
    def campaigns(self) -> list[tuple[int, int]]:
        """Size and core of each."""
        return [(g.size, g.core) for g in self.found.groups if g.claim == "campaign"]


def outcome(worlds: Mapping[str, Mapping[str, Any]], seed: int, crowd_posts: int = 20_000, **asked: Any) -> Outcome:
    """Detect in a simulated mix of worlds and an everyday crowd."""
    posts, truth = simulate({"crowd": {"posts": crowd_posts}, **worlds}, seed, setting=SETTING)
    return Outcome(
        detect(inputs_of(posts), **asked),
        set(truth.filter("guilty")["account_id"]),
        set(truth.filter("core")["account_id"]),
        truth.filter(~pl.col("guilty")),
    )
