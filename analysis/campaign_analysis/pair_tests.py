"""Tests of single pairs in a layer, against what chance explained in the run itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes
from campaign_analysis.attainable import Chance
from campaign_analysis.background import FEWEST, Background, background_of
from campaign_analysis.episodes import episodes_of
from campaign_analysis.events import Events
from campaign_analysis.interest import interest_of
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.parallel import side_by_side
from campaign_analysis.results import Claim, Luck, PairTest
from campaign_analysis.sessions import Scale, corrections, posts_of
from campaign_analysis.significance import test_pairs

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Acts:
    """A layer as it was searched, for the tests of many pairs; `known` are its backgrounds, where they are at hand."""

    layer: LayerInput
    known: tuple[Background, ...] = ()

    @property
    def events(self) -> Events:
        return self.layer.acts

    @cached_property
    def backgrounds(self) -> tuple[Background, ...]:
        """Of each scale."""
        posts, listed = posts_of(self.events), np.zeros(len(self.events.accounts), dtype=np.bool_)
        return self.known or tuple(background_of(self.events, posts, scale, listed) for scale in self.layer.scales)

    def account(self, name: str) -> int:
        """The position of an account among the names; -1 where it has no event here."""
        at = int(self.events.accounts.search_sorted(name))
        return at if at < len(self.events.accounts) and self.events.accounts[at] == name else -1

    def names(self, a: int, b: int) -> tuple[str, str]:
        """The ids of the accounts at these positions."""
        return self.events.accounts[a], self.events.accounts[b]


def pair_tests(
    acts: Acts, pairs: Sequence[tuple[str, str]], chance: Chance, in_step: bool = False, claim: Claim = "together"
) -> list[PairTest]:
    """Test a claim of pairs in the layer, each at the scale at which it stands out most; nothing is listed, and each is
    the only test.

    What chance explains is the run's own. All these accounts have events in the layer. `in_step`: these pairs are, so
    that scales of less weight count too (sessions.Scale), unless there are no others; so they do where it is *in step*
    that is tested.
    """
    coded = sorted((acts.account(a), acts.account(b)) for a, b in pairs)
    if not coded:
        return []
    u, v = (np.array(side, dtype=np.int32) for side in zip(*coded, strict=True))
    either = flags(np.append(u, v), len(acts.events.accounts))
    corrected = zip(acts.backgrounds, corrections([around.scale for around in acts.backgrounds]), strict=True)
    at_scales = side_by_side(
        lambda one: _at_scale(acts, replace(one[0], u=u, v=v), either, one[1], claim), list(corrected)
    )
    every = in_step or claim == "in step"
    return [
        _best(acts.layer, acts.names(*pair), tests if every else _linking(tests), chance, claim)
        for pair, tests in zip(coded, zip(*at_scales, strict=True), strict=True)
    ]


AtScale = tuple[float, int, float, Scale]  # p, corrected for the number of scales; episodes, those expected


def _at_scale(acts: Acts, around: Background, either: Flags, times: float, claim: Claim) -> list[AtScale]:
    """The tests of the background's pairs at its scale; `either` flags their accounts, p is multiplied by `times`."""
    s = around.sessions
    cells = episodes_of(s, around.scale, around.u, around.v)
    one = replace(around, n=np.maximum(cells, 1))
    tested = test_pairs(one, interest_of(one, either), acts.events.source, either, 1.0)
    in_step = claim == "in step"
    every_p, every_expected = (tested.p_in_step, tested.in_step) if in_step else (tested.p_together, tested.together)
    n = np.where(cells > 0, tested.n, 0)
    return [
        (min(1.0, float(p) * times) if met else 1.0, met, float(expected), around.scale)
        for p, met, expected in zip(every_p, n.tolist(), every_expected, strict=True)
    ]


def _linking(tests: Sequence[AtScale]) -> Sequence[AtScale]:
    """Those at scales by which two who are not in step can be linked."""
    return [test for test in tests if test[3].weight == 1] or tests


def _best(layer: LayerInput, pair: tuple[str, str], tests: Sequence[AtScale], chance: Chance, claim: Claim) -> PairTest:
    """A pair's test at its best scale, of those at which it met often enough to be tested.

    If there are none, no scale speaks for it more than another: the widest says most of how near they came.
    """
    enough = [one for one in tests if one[1] >= FEWEST]
    best = min(enough, key=lambda one: (one[0], -one[1]), default=None)
    p, n, expected, scale = best or max(tests, key=lambda one: (one[1], one[3].width))
    lucky = float(chance.false_pairs(np.array([p]), claim)[0])
    return PairTest(
        *pair, layer.name, claim, scale.window, scale.block, n, expected, p, 1, lucky, listed=0, joined=False
    )


def rated(test: PairTest, edges: pl.DataFrame, whole: Chance, of_window: Chance, tests: int) -> PairTest:
    """The test of a pair that is not linked, with how many pairs chance brings to its p (`lucky`) and how many are
    linked (`listed`): in its layer or at its window, whichever it fails more, for edges.py asks both.

    `edges`: all of the run; `whole` and `of_window`: what chance brings in the layer, and at the scales of the test's
    window; `tests`: pairs that could have been tested in the layer.
    """
    own, p = edges.filter(layer=test.layer, claim=test.claim), np.array([test.p])
    at_window = own.filter(window=test.window).height
    ways = ((whole, own.height, False), (of_window, at_window, at_window < own.height))

    def lucky(chance: Chance) -> float:
        return min(float(chance.false_pairs(p, test.claim)[0]), float(tests))

    chance, listed, alone = max(ways, key=lambda way: lucky(way[0]) / max(way[1], 1))
    return replace(test, lucky=lucky(chance), listed=listed, tests=tests, of_window=alone)


def worse_of(test: PairTest, edges: pl.DataFrame, luck: Luck | None, tests: Mapping[str, int]) -> PairTest:
    """The test of a pair that is not linked, with the numbers of its layer (as `rated` gives them), or those of all
    layers together, if it does worse by these (all_layers.py).

    `edges`, `luck`: all of the run; `tests`: the pairs that could be tested in each layer.
    """
    lucky = luck.pairs(test.p, test.claim) if luck else None
    listed, every = edges.filter(claim=test.claim).height, sum(tests.values())
    if lucky is None or min(lucky, every) / max(listed, 1) <= test.lucky / max(test.listed, 1):
        return test
    return replace(test, lucky=min(lucky, float(every)), listed=listed, tests=every, of_window=False)


def flags(codes: Codes, size: int) -> Flags:
    """One boolean for each of `size`, true at the codes."""
    found = np.zeros(size, dtype=np.bool_)
    found[codes] = True
    return found
