"""Why two accounts are not linked in a run: how often they met by each behaviour, and the run's test made once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from campaign_analysis import layers
from campaign_analysis.background import FEWEST
from campaign_analysis.parallel import Say
from campaign_analysis.results import Detection, PairTest
from campaign_analysis.sessions import Scale
from campaign_cypher.store import Store

from campaign.evidence import Evidence
from campaign.meetings import as_one
from campaign.searched import Anew, scales_of
from campaign.stored import request_of


@dataclass(frozen=True)
class Met:
    """How often two accounts met by one behaviour, at the scale at which they were tested, else at the widest of those
    at which they met most.

    `loosely`: a scale at which those alone are linked who are in step, and how often they met at it. `uncounted`:
    further meetings, by posts that do not count in this layer. `idle`: those of the two who never acted in it, and
    `left_out`: those who did, but only by posts that do not count. `test`: the run's own, where they met often enough
    to be tested.
    """

    layer: str
    scale: Scale
    n: int
    loosely: tuple[Scale, int] | None = None
    uncounted: int = 0
    idle: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    test: PairTest | None = None


@dataclass(frozen=True)
class NotLinked:
    """Two accounts (ids) that a run did not link, and why.

    `unasked`: those of them that did not use the hashtags that the run was asked about, so that no pair of theirs was
    tested. `changed`: the store holds other posts than the run saw, or another version made it. `meetings` is as
    `meetings.as_one` gives it.
    """

    a: str
    b: str
    unasked: tuple[str, ...]
    met: tuple[Met, ...]
    changed: bool
    meetings: pl.DataFrame


def not_linked(store: Store, detection: Detection, pair: tuple[str, str], layer: str, say: Say) -> NotLinked:
    """Count the meetings of two accounts as the run would, by each of its layers or by one, and test them again.

    The test is the run's own, on what the store holds of the run's range now. `say` is told of long work.
    """
    a, b = sorted(pair)
    request, parameters = request_of(detection), detection.run.parameters
    known, anew = Evidence(store, [a, b], request), Anew(store, detection, say)
    unasked = tuple(x for x in (a, b) if anew.chosen is not None and x not in anew.chosen)
    names = [name for name in parameters["layers"] if layer in ("", name)]
    met, frames = [], []
    for name in names:
        say(f"looking for their meetings ({name})")
        one = _met(known, name, scales_of(detection, name), (a, b))
        if one.n >= FEWEST and not unasked:
            one = _tested(one, anew.test(name, (a, b)))
        met.append(one)
        frames += [known.episodes(_edge(one.layer, one.scale, (a, b)))] if one.n else []
    return NotLinked(a, b, unasked, tuple(met), anew.changed, as_one(frames))


def _met(known: Evidence, name: str, scales: Sequence[Scale], pair: tuple[str, str]) -> Met:
    idle, left_out = _silent(known, name, pair)
    links = [scale for scale in scales if scale.weight == 1] or list(scales)
    others = [scale for scale in scales if scale not in links]
    counted = [(0 if idle or left_out else known.episodes(_edge(name, scale, pair)).height, scale) for scale in scales]
    n, scale = max((one for one in counted if one[1] in links), key=lambda one: (one[0], one[1].width))
    loose = max((one for one in counted if one[1] in others), key=lambda one: one[0], default=(0, scale))
    widest = max(scales, key=lambda scale: scale.width)
    uncounted = known.uncounted(_edge(name, widest, pair))
    return Met(name, scale, n, (loose[1], loose[0]) if loose[0] > n else None, uncounted, idle, left_out)


def _silent(known: Evidence, name: str, pair: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who of the two never acted in a layer, and who did by posts alone that do not count."""
    layer = layers.every()[name]
    acting = set(known.acts(layer)["account"])
    silent = [x for x in pair if x not in acting]
    spared = known.spared(layer) if silent else set()
    return tuple(x for x in silent if x not in spared), tuple(x for x in silent if x in spared)


def _tested(met: Met, test: PairTest) -> Met:
    return replace(met, scale=Scale(test.window, test.block), n=test.n, test=test)


def _edge(layer: str, scale: Scale, pair: tuple[str, str]) -> dict[str, object]:
    """What Evidence asks of a pair."""
    return {"layer": layer, "a": pair[0], "b": pair[1], "window": scale.window, "block": scale.block}
