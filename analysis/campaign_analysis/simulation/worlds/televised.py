"""Televised: moments of a broadcast that make a crowd post in the same ten seconds. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.crowds import strangers
from campaign_analysis.simulation.everyday import draft, with_others
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents, nobody, together

EVENING, LENGTH = 20 * HOUR, 2 * HOUR


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`broadcasts`, one an evening, watched by `audience` accounts of the crowd, each with a chance of `watching`.

    Who watches posts at each of the `moments` with a chance of its own (`reacting`: from, to), within `seconds`.
    All broadcasts have one hashtag, and `beside` others in each post, out of eight.
    """

    broadcasts: Some = 4
    audience: Some = 1200
    watching: Share = 0.6
    moments: Some = 12
    reacting: tuple[Share, Share] = (0.02, 0.3)
    seconds: Some = 10
    beside: int = 0


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All broadcasts, from the first evening on, evenly spread."""
    names = strangers(rng, parameters, parameters.audience)
    reacting = rng.uniform(*parameters.reacting, len(names))
    evenings = np.linspace(0, parameters.days, parameters.broadcasts, endpoint=False).astype(int)
    shows = [_broadcast(rng, parameters, names, reacting, parameters.begins + day * DAY + EVENING) for day in evenings]
    posts = pl.concat(shows)
    return together([World(posts, nobody(), innocents(posts["account"], "audience-0", "televised"))])


def _broadcast(
    rng: np.random.Generator, parameters: Parameters, names: pl.Series, reacting: np.ndarray, start: int
) -> pl.DataFrame:
    chance = reacting * (rng.random(len(names)) < parameters.watching)
    moment, viewer = np.nonzero(rng.random((parameters.moments, len(names))) < chance)
    moments = start + rng.integers(0, LENGTH, parameters.moments)
    times = moments[moment] + rng.integers(0, parameters.seconds, len(moment))
    times = np.minimum(times, parameters.ends - 1)
    tags = with_others(rng, parameters, "TheBigShow", len(viewer), parameters.beside)
    return draft(names.gather(viewer), times, sentences(rng, len(viewer)), tags)
