"""What a run says of itself: how it does on placebo data, what it would have found, and how stable its groups are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

import polars as pl
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.detectability import EVERY, USUAL, detectability, outcomes, searches
from campaign_analysis.parallel import Say, both
from campaign_analysis.placebo import judged, placebo_runs
from campaign_analysis.results import Group, Honesty, Planted
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
    describe: Callable[[Sequence[Group], Say], Sequence[Group]],
) -> tuple[tuple[Group, ...], Honesty]:
    """The groups with their stability and placebo p, as `describe` tells of them; and what is said of the whole run.

    Placebos, plantings and all that is said of the groups are made side by side. `took`: seconds of the search itself,
    of which the first two are made; `say` is told what is left with each step.
    """
    planted_in = _ground(inputs)
    size = planted_in.events.height
    kinds, each = (EVERY, THOROUGH_RINGS) if request.thorough else (USUAL, RINGS)
    part = size / max(1, sum(i.events.height for i in inputs))
    plantings = searches(size, kinds, each)
    asked = (request.fdr, request.community, request.seed)
    runs = request.placebo_runs

    def of_groups(say: Say) -> tuple[Sequence[Group], Honesty]:
        groups, said = _parted(found, request, say)
        groups = describe(groups, say)
        return groups, replace(said, placebo=placebo_runs(inputs, chosen, *asked, runs, say) if runs else None)

    def of_rings(say: Say) -> tuple[Planted, ...]:
        return detectability(planted_in, outcomes(planted_in, chosen, found, kinds, each, *asked, say))

    one, other = apart(with_time_left(say, took * (runs + part * plantings)), 2)
    (groups, said), planted = both(lambda: of_groups(one), lambda: of_rings(other), size)  # for more, memory is wanting
    if said.placebo and said.placebo.runs >= ENOUGH:
        groups = judged(groups, found.edges, said.placebo)
    return tuple(groups), replace(said, planted=planted)


def _parted(found: Found, request: Request, say: Say) -> tuple[Sequence[Group], Honesty]:
    """The groups with their stability, and what parting the pairs again says of the run, where that is easy enough."""
    if not request.thorough and found.edges.height > EASY:
        return found.groups, Honesty()
    seeds = THOROUGH_SEEDS if request.thorough else SEEDS
    say(f"parting the pairs again, with {seeds} seeds and by other methods")
    groups = stable(found.groups, found.edges, request.community, request.seed, seeds)
    return groups, Honesty(seeds=seeds if groups else 0, agreement=agreement(found.edges, request.seed))


def _ground(inputs: Sequence[LayerInput]) -> LayerInput:
    """Rings are planted among the hashtags, or where nobody used any in the busiest layer."""
    return max(inputs, key=lambda i: (i.name == "hashtag" and i.events.height > 0, i.events.height))


def apart(say: Say, number: int) -> list[Say]:
    """Words for each of so many things that are done at the same time: the last ones of all are said together."""
    last = [""] * number

    def of(place: int) -> Say:
        def told(step: str) -> None:
            last[place] = step
            say("; ".join(filter(None, last)))

        return told

    return [of(place) for place in range(number)]


def with_time_left(say: Say, whole: float) -> Say:
    """Say each step with about how long all of them still take, by an estimate made in advance."""
    begun = perf_counter()

    def timed(step: str) -> None:
        left = begun + whole - perf_counter()
        say(f"{step}, about {left / 60:.0f} min left" if left >= 60 else step)

    return timed
