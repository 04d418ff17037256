"""A layer of a run read and searched once more, so that a pair can be tested as the run did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

import polars as pl
from campaign_analysis import layers
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.parallel import Say
from campaign_analysis.results import Detection
from campaign_analysis.sessions import Scale
from campaign_analysis.why_not import Searched
from campaign_cypher.store import Store

from campaign.inputs import Stories, prepared, read_inputs
from campaign.request import Request
from campaign.stored import request_of
from campaign.words import rate_of

RATE = 0.01  # where a run does not say to which it kept


@dataclass(frozen=True)
class Again:
    """A layer as the run searched it; `changed`: the store holds other posts of it now, or another version searched."""

    searched: Searched
    changed: bool


def again(store: Store, detection: Detection, layer: str, chosen: pl.Series | None, known: Stories, say: Say) -> Again:
    """Read what the store holds of the run's range now. `chosen`: the accounts whose pairs were tested (None: all);
    `known`: the stories of that range, for all layers that are searched again.
    """
    request = request_of(detection)
    read = _read(store, request, layer, scales_of(detection, layer), say)
    changed = other_version(detection) or detection.run.counts.get(f"{layer}_events") != read.events.height
    say(f"testing them as the run did ({layer})")
    (prepared_input,) = prepared([read], known)
    tests, fdr = detection.tested_pairs.get(layer, 0), rate_of(detection) or RATE
    return Again(Searched(prepared_input, chosen, detection.edges, tests, fdr, say), changed)


def other_version(detection: Detection) -> bool:
    """Whether another version of campaign made the run."""
    return detection.run.versions.get("campaign") != version("campaign")


def scales_of(detection: Detection, layer: str) -> tuple[Scale, ...]:
    """A run's scales of a layer: those of the layer with their weights, or what the run was asked."""
    stored: Sequence[dict[str, int]] = detection.run.parameters["layers"][layer]
    asked = tuple(Scale(one["window"], one["block"]) for one in stored)
    own = layers.every()[layer].scales
    return own if asked == own else asked


def _read(store: Store, request: Request, layer: str, scales: tuple[Scale, ...], say: Say) -> LayerInput:
    (read,) = read_inputs(store, replace(request, layers=(layer,)), say)
    return replace(read, scales=scales)
