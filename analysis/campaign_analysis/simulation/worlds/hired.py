"""Hired: accounts made in one lot, fed by a queue at full minutes, never seen again once the job is done. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import draft, everyday_tags
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.planting import Group, Ints, Pushing, group, moments, pushed, pushed_tags, recruits
from campaign_analysis.simulation.world import DAY, World, together

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, kw_only=True)
class Parameters(Pushing):
    """As in Pushing; the job takes the first part `lasts` of the time; `chatter` comes in queues of ten posts."""

    groups: Some = 2
    fresh: Share = 1.0
    lasts: Share = 0.7
    chatter: int = 30


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All groups: what they push, what their queues post in between, and when they were made."""
    return together([_job(rng, parameters, number) for number in range(parameters.groups)])


def _job(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    ring, tags = group(rng, parameters, "hired", number), pushed_tags(rng, parameters)
    begun = moments(rng, parameters) - parameters.begins
    starts = parameters.begins + (begun * parameters.lasts).astype(np.int64)
    acts = pushed(rng, parameters, ring, starts, tags)
    posts = pl.concat([acts, _queued(rng, parameters, ring, int(starts.max()))])
    return World(posts, recruits(rng, parameters, ring.members, parameters.fresh), ring.truth())


def _queued(rng: np.random.Generator, parameters: Parameters, ring: Group, end: int) -> pl.DataFrame:
    """Ten posts of a queue, twenty minutes apart, at the full minute, by day and by night."""
    size = len(ring.members) * (parameters.chatter // 10)
    room = max(1, (end - parameters.begins - DAY) // HOUR)
    first = parameters.begins + rng.integers(0, room, size) * HOUR
    times: Ints = (first[:, None] + np.arange(10) * 20 * MINUTE).ravel()
    who = ring.members.gather(np.repeat(np.arange(size) % len(ring.members), 10))
    return draft(who, times, sentences(rng, len(times)), everyday_tags(rng, parameters, len(times)))
