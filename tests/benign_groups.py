"""Groups and what is explained of them, for the tests of innocent explanations."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.results import Group, GroupClaim, LayerEvidence, Member
from campaign_analysis.sessions import Scale

from campaign.benign import explanations

IDS = [f"m{i}" for i in range(5)]
NAMES = ["anna", "bert miller", "carla_99", "dirk", "ella"]
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
EVENING = 4 * DAY + 20 * HOUR  # Monday, 5 January 1970, 20:00 UTC


def acts(*rows: tuple[str, str, int], layer: str = "hashtag", **columns: Any) -> LayerInput:
    schema = {"account": pl.String, "object": pl.String, "time": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(**columns)
    return LayerInput(layer, frame, (Scale(60, 1800),))


def group(claim: GroupClaim = "gathering", *layers: str) -> Group:
    speaking = tuple(LayerEvidence(name, "together", 5, 1e-9) for name in layers or ("hashtag",))
    return Group("r-1", claim, speaking, 1e-9, tuple(Member(i, "together", 5, 0.1, 1e-9) for i in IDS))


def at(*times: int, layer: str = "hashtag", thing: str = "x", seed: int = 1, others: int = 20) -> LayerInput:
    """All members act within half a minute of each of the times; others on things of their own."""
    rng = np.random.default_rng(seed)
    met = ((i, thing, t + int(rng.integers(30_000))) for t in times for i in IDS)
    return acts(*met, *apart(others), layer=layer)


def apart(others: int = 20) -> list[tuple[str, str, int]]:
    """Acts of accounts outside the group, each on a thing of its own."""
    return [(f"other {i}", f"own {i}", EVENING) for i in range(others)]


def said(given: Group, *inputs: LayerInput, names: list[str] = NAMES) -> list[str]:
    return [b.name for b in explanations(given, names, inputs).fitting]


def against(given: Group, *inputs: LayerInput, names: list[str] = NAMES) -> dict[str, str]:
    return {b.name: b.seen for b in explanations(given, names, inputs).against}


def untested(given: Group, *inputs: LayerInput, names: list[str] = NAMES) -> dict[str, str]:
    return {b.name: b.seen for b in explanations(given, names, inputs).untested}


def verdict(given: Group, name: str, *inputs: LayerInput) -> str | None:
    found = explanations(given, NAMES, inputs)
    return next(b.verdict for b in (*found.fitting, *found.against, *found.untested) if b.name == name)


IRREGULAR = [EVENING + k * 3 * DAY + k * 5 * HOUR for k in range(6)]
WEEKLY = [EVENING + k * 7 * DAY + k % 3 * 10 * MINUTE for k in range(6)]
