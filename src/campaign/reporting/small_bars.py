"""Bars as a small picture that needs no script: it is there at once, prints, and is read aloud by what it says."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.reporting.markup import Html, el

WIDTH, HEIGHT = 240, 40


def small_bars(values: Sequence[int], colour: str, says: str, height: int = HEIGHT, down: bool = False) -> Html:
    """A bar for each of the values (none where it is 0), the highest as high as the picture; `down`: from the top."""
    top = max([*values, 1])
    step = WIDTH / max(1, len(values))
    path = "".join(
        _bar(i * step, step, max(1.5, value / top * height), height, down) for i, value in enumerate(values) if value
    )
    base = 0 if down else height
    line = el("path", d=f"M0 {base}h{WIDTH}", class_="base")
    drawn = el("path", d=path, fill=colour) if path else ""
    return el(
        "svg", line, drawn, viewBox=f"0 0 {WIDTH} {height}", preserveAspectRatio="none", role="img", aria_label=says,
        class_="small-bars",
    )  # fmt: skip


def _bar(x: float, width: float, high: float, height: int, down: bool) -> str:
    y = 0 if down else height - high
    return f"M{x:.1f} {y:.1f}h{max(0.8, width * 0.85):.1f}v{high:.1f}H{x:.1f}z"


def binned(times: Sequence[int], start: int, end: int, bins: int) -> list[int]:
    """How many of the times (epoch ms) fall into each of so many equal parts of the stretch, its end included."""
    counts = [0] * bins
    for time in times:
        if start <= time <= end:
            counts[min(bins - 1, (time - start) * bins // max(1, end - start))] += 1
    return counts
