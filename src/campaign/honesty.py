"""What a run says of itself: how it does on placebo data, what it would have found, and how stable its groups are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import polars as pl
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.detectability import EVERY, USUAL, detectability, searches
from campaign_analysis.parallel import Say
from campaign_analysis.placebo import judged, placebo_runs
from campaign_analysis.results import Honesty
from campaign_analysis.stability import agreement, stable

from campaign.request import Request

SEEDS, THOROUGH_SEEDS = 10, 50  # of the community method
EASY = 100_000  # pairs of a run up to which they are parted again unless it is thorough
RINGS, THOROUGH_RINGS = 20, 50  # planted of each kind
ENOUGH = 19  # placebo runs from which a group's own p can be as small as .05


def honest(
    found: Found,
    inputs: Sequence[LayerInput],
    chosen: pl.Series | None,
    request: Request,
    took: float,
    say: Say,
) -> tuple[Found, Honesty]:
    """What was found, its groups with their stability and placebo p, and what is said of the run as a whole.

    `took`: seconds of the search itself, of which what follows is made; `say` is told what is left with each step.
    """
    planted_in = _ground(inputs)
    kinds, each = (EVERY, THOROUGH_RINGS) if request.thorough else (USUAL, RINGS)
    part = planted_in.events.height / max(1, sum(i.events.height for i in inputs))
    plantings = searches(planted_in.events.height, kinds, each)
    timed = with_time_left(say, took * (request.placebo_runs + part * plantings))
    asked = (request.fdr, request.community, request.seed)
    placebo = placebo_runs(inputs, chosen, *asked, request.placebo_runs, timed) if request.placebo_runs else None
    planted = detectability(planted_in, chosen, found, kinds, each, *asked, timed)
    groups = found.groups
    if placebo and placebo.runs >= ENOUGH:
        groups = judged(groups, found.edges, placebo)
    said = Honesty(placebo, planted)
    if request.thorough or found.edges.height <= EASY:
        seeds = THOROUGH_SEEDS if request.thorough else SEEDS
        say(f"parting the pairs again, with {seeds} seeds and by other methods")
        groups = stable(groups, found.edges, request.community, request.seed, seeds)
        said = replace(said, seeds=seeds if groups else 0, agreement=agreement(found.edges, request.seed))
    return replace(found, groups=groups), said


def _ground(inputs: Sequence[LayerInput]) -> LayerInput:
    """Rings are planted among the hashtags, or where nobody used any in the busiest layer."""
    return max(inputs, key=lambda i: (i.name == "hashtag" and i.events.height > 0, i.events.height))


def with_time_left(say: Say, whole: float) -> Say:
    """Say each step with about how long all of them still take, by an estimate made in advance."""
    begun = perf_counter()

    def timed(step: str) -> None:
        left = begun + whole - perf_counter()
        say(f"{step}, about {left / 60:.0f} min left" if left >= 60 else step)

    return timed
