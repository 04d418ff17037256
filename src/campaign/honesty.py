"""What a run says of itself: how it does on placebo data, what it would have found, and how stable its groups are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.detectability import EVERY, USUAL, detectability
from campaign_analysis.placebo import judged, placebo_runs
from campaign_analysis.results import Honesty, Planted
from campaign_analysis.stability import agreement, stable
from campaign_analysis.why import explained

from campaign.request import Request

SEEDS, THOROUGH_SEEDS = 10, 50  # of the community method
RINGS, THOROUGH_RINGS = 20, 50  # planted of each kind
ENOUGH = 19  # placebo runs from which a group's own p can be as small as .05


def honest(
    found: Found, inputs: Sequence[LayerInput], chosen: pl.Series | None, request: Request, say: Callable[[str], None]
) -> tuple[Found, Honesty]:
    """What was found, its groups with their stability and placebo p, and what is said of the run as a whole."""
    seeds = THOROUGH_SEEDS if request.thorough else SEEDS
    groups = explained(found, inputs)
    if groups:
        say(f"parting the pairs again, with {seeds} seeds")
        groups = stable(groups, found.edges, request.community, request.seed, seeds)
    placebo = None
    if request.placebo_runs:
        placebo = placebo_runs(inputs, chosen, request.fdr, request.community, request.seed, request.placebo_runs, say)
        if placebo.runs >= ENOUGH:
            groups = judged(groups, found.edges, placebo)
    said = Honesty(
        placebo=placebo,
        planted=_planted(found, inputs, chosen, request, say),
        seeds=seeds if groups else 0,
        agreement=agreement(found.edges, request.seed),
    )
    return replace(found, groups=groups), said


def _planted(
    found: Found, inputs: Sequence[LayerInput], chosen: pl.Series | None, request: Request, say: Callable[[str], None]
) -> tuple[Planted, ...]:
    """Rings are planted among the hashtags, or where nobody used any in the busiest layer."""
    layer = max(inputs, key=lambda i: (i.name == "hashtag" and i.events.height > 0, i.events.height))
    kinds, each = (EVERY, THOROUGH_RINGS) if request.thorough else (USUAL, RINGS)
    return detectability(layer, chosen, found, kinds, each, request.fdr, request.community, request.seed, say)
