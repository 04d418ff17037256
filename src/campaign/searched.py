"""A layer of a run read and searched once more, so that a pair can be tested as the run did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version

from campaign_analysis import layers
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.pair_tests import worse_of
from campaign_analysis.parallel import Say
from campaign_analysis.results import Claim, Detection, PairTest
from campaign_analysis.sessions import Scale
from campaign_analysis.why_not import Searched, left_out
from campaign_cypher.store import Store

from campaign.inputs import Stories, chosen_accounts, prepared, read_inputs
from campaign.request import Request
from campaign.stored import request_of
from campaign.words import rate_of

RATE = 0.01  # where a run does not say to which it kept


class Anew:
    """A run's layers as the store holds them now, each read and searched once more where it is asked for.

    `changed`: whether one of those read so far holds other posts than the run saw, or another version made it.
    """

    def __init__(self, store: Store, detection: Detection, say: Say) -> None:
        self.chosen = chosen_accounts(store, request_of(detection))  # the accounts whose pairs were tested (None: all)
        self.changed = other_version(detection)
        self._store, self._detection, self._say = store, detection, say
        self._known = Stories(store, request_of(detection))
        self._last: dict[str, Searched] = {}  # one layer: they are large

    def test(self, layer: str, pair: tuple[str, str], claim: Claim = "together") -> PairTest:
        """The run's test of a pair of which it did not find that claim; both have events in the layer.

        With the numbers of the layer or of all layers, by whichever the pair does worse.
        """
        own, run = left_out(self.layer(layer), *pair, claim), self._detection
        return worse_of(own, run.edges, run.luck, run.tested_pairs)

    def layer(self, name: str) -> Searched:
        """A layer of the run as it was searched."""
        if name not in self._last:
            self._last = {name: self._again(name)}
        return self._last[name]

    def _again(self, name: str) -> Searched:
        detection, request = self._detection, request_of(self._detection)
        read = _read(self._store, request, name, scales_of(detection, name), self._say)
        self.changed |= detection.run.counts.get(f"{name}_events") != read.events.height
        self._say(f"testing them as the run did ({name})")
        (prepared_input,) = prepared([read], self._known)
        tests, fdr = detection.tested_pairs.get(name, 0), rate_of(detection) or RATE
        return Searched(prepared_input, self.chosen, detection.edges, tests, fdr, self._say)


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
