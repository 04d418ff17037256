"""What a run says of itself as JSON and back; results of before it was said have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from campaign_analysis.results import Agreement, Honesty, Placebo, Planted


def honesty_to_dict(honesty: Honesty) -> dict[str, Any]:
    """The JSON object; `docs/json.md` describes it."""
    placebo = honesty.placebo
    return {
        "placebo": None
        if placebo is None
        else {"runs": placebo.runs} | {name: list(numbers) for name, numbers in asdict(placebo).items()},
        "planted": [asdict(row) for row in honesty.planted],
        "seeds": honesty.seeds,
        "agreement": [asdict(pair) for pair in honesty.agreement],
    }


def honesty_of(found: Mapping[str, Any] | None) -> Honesty:
    """Read it back."""
    if found is None:
        return Honesty()
    placebo = found["placebo"]
    return Honesty(
        placebo=None
        if placebo is None
        else Placebo(**{name: tuple(numbers) for name, numbers in placebo.items() if name != "runs"}),
        planted=tuple(Planted(**row) for row in found["planted"]),
        seeds=found["seeds"],
        agreement=tuple(Agreement(**pair) for pair in found["agreement"]),
    )
