"""One window and block for all behaviours, where a run was asked for them instead of each behaviour's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campaign_analysis import layers

from campaign.reporting.numbers import duration
from campaign.request import Request

Range = tuple[datetime, datetime] | None


def asked_scale(parameters: Mapping[str, Any]) -> tuple[int, int] | None:
    """The window and block (seconds) of a run by its parameters; None where each layer has its own."""
    told = parameters.get("layers")
    if not isinstance(told, Mapping) or not told:
        return None
    scales = {name: [(each["window"], each["block"]) for each in of] for name, of in told.items()}
    first, known = next(iter(scales.values())), layers.every()
    if len(first) != 1 or any(of != first for of in scales.values()):
        return None
    own = all(name in known and [(s.window, s.block) for s in known[name].scales] == first for name in scales)
    return None if own else first[0]


def scale_sentence(parameters: Mapping[str, Any]) -> str:
    """That one measure was asked for; empty where none was."""
    scale = asked_scale(parameters)
    if scale is None:
        return ""
    window, block = (duration(seconds) for seconds in scale)
    return f"As asked, meetings are counted by one measure: at most {window} apart, once in {block}."


def too_long(request: Request, span: Range) -> list[str]:
    """That the window asked for is longer than the data last: then everybody meets everybody."""
    if request.window is None or span is None or request.window <= (span[1] - span[0]).total_seconds():
        return []
    return [
        f"The window of {duration(request.window)} is longer than the data last: all who acted on the same thing meet "
        "once, and nobody can stand out. Give a shorter --window."
    ]
