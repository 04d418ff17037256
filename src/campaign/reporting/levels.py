"""Posts counted in steps of several widths, so that the page can be looked at by the week, the day, the hour."""

from __future__ import annotations

from typing import Any

import polars as pl

from campaign.reporting.timescale import Scale, finer, whole
from campaign.reporting.view import View

CELLS = 8_000  # counts of a width, at most: some 50 kB


def counts(view: View, scale: Scale) -> pl.DataFrame:
    """Posts by bin and series inside the scale: columns `bin` (epoch ms of its start), `series`, `posts`."""
    inside = pl.col("at").is_between(scale.start, scale.end, closed="left")
    start = pl.lit(scale.start) + (pl.col("at") - scale.start) // scale.width * scale.width
    return (
        view.posts.lazy()
        .filter(inside)
        .group_by(start.alias("bin"), "series")
        .agg(pl.len().cast(pl.Int64).alias("posts"))
        .sort("bin", "series")
        .collect()
    )


def levels(view: View) -> dict[str, Any]:
    """For the page's script: `peak` (epoch ms), and `levels`, the finest first.

    A level has start, end and width (ms), and by series the numbers of the bins with posts, each as its distance from
    the one before, and their posts. A width that would need too many counts covers a part around the peak only.
    """
    coarse = whole(view.posts["at"])
    peak = _peak(view, coarse)
    scales = [coarse, *(_around(view, scale, peak) for scale in finer(view.posts["at"], coarse))]
    return {"peak": peak, "levels": [_level(scale, counts(view, scale)) for scale in reversed(scales)]}


def _peak(view: View, scale: Scale) -> int:
    """The middle of the step with most posts, of the groups where there are any."""
    counted = counts(view, scale)
    groups = counted.filter(pl.col("series") < len(view.series) - 1)
    by = (counted if groups.is_empty() else groups).group_by("bin").agg(pl.col("posts").sum())
    return int(by.sort(["posts", "bin"], descending=[True, False])["bin"][0]) + scale.width // 2


def _around(view: View, scale: Scale, peak: int) -> Scale:
    """The scale, halved around the peak until its counts are few enough."""
    while counts(view, scale).height > CELLS:
        half = max(1, (scale.end - scale.start) // 4 // scale.width) * scale.width
        middle = min(max(peak // scale.width * scale.width, scale.start + half), scale.end - half)
        scale = Scale(middle - half, middle + half, scale.width)
    return scale


def _level(scale: Scale, counted: pl.DataFrame) -> dict[str, Any]:
    cells = {}
    for (number,), mine in counted.partition_by("series", as_dict=True, maintain_order=True).items():
        bins = ((mine["bin"] - scale.start) // scale.width).to_list()
        steps = [bin - before for before, bin in zip([0, *bins], bins, strict=False)]
        cells[str(number)] = [steps, mine["posts"].to_list()]
    return {"start": scale.start, "end": scale.end, "width": scale.width, "cells": cells}
