"""Crowds of strangers that several worlds need."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import crowd_names, draft, some
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.world import Setting


def strangers(rng: np.random.Generator, setting: Setting, count: int) -> pl.Series:
    """`count` different accounts of the crowd, or all of them where there are fewer."""
    chosen = rng.choice(setting.crowd, min(count, setting.crowd), replace=False)
    return crowd_names(setting).gather(chosen)


def spike(
    rng: np.random.Generator, setting: Setting, tag: str, start: int, size: int, length: int, shared: float = 0.0
) -> pl.DataFrame:
    """A post of each of `size` strangers with one hashtag within `length` seconds of `start`, as DRAFT.

    It rises fast and ebbs away; a share `shared` of the posts has the words of a share button.
    """
    names = strangers(rng, setting, size)
    headline = sentences(rng, 1).new_from_index(0, len(names))
    bodies = headline.zip_with(some(rng, len(names), shared), sentences(rng, len(names)))
    times = start + (length * rng.beta(1.5, 3, len(names))).astype(np.int64)
    return draft(names, np.minimum(times, setting.ends - 1), bodies, tag)
