"""Why two accounts are not linked in a layer: the run's own test of a pair that it left out, made once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

import numpy as np
import polars as pl

from campaign_analysis.attainable import Chance, chances_of
from campaign_analysis.background import Background, background_of
from campaign_analysis.edges import LayerEdges, by_window, find_edges, mask_of
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.pair_tests import Acts, pair_tests, rated
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import Claim, PairTest
from campaign_analysis.sessions import posts_of


@dataclass(frozen=True)
class Searched:
    """A layer as a run searched it: prepared as for `detect`, the accounts whose pairs were tested (None: all), the
    run's edges (EDGE_SCHEMA), how many pairs could have been tested in the layer, and the run's false discovery rate.
    """

    layer: LayerInput
    chosen: pl.Series | None
    edges: pl.DataFrame
    tests: int
    fdr: float
    say: Say = silent

    @cached_property
    def backgrounds(self) -> tuple[Background, ...]:
        """What the crowd explains at each scale, as in the run."""
        e = self.layer.acts
        posts, listed = posts_of(e), np.zeros(len(e.accounts), dtype=np.bool_)
        return tuple(background_of(e, posts, s, listed, listed=False, say=self.say) for s in self.layer.scales)

    def lucky(self, claim: Claim) -> tuple[Chance, Mapping[int, Chance]]:
        """How many pairs chance brings in all, and at the scales of each window.

        To pairs in step habits bring some as well, and which is known of all pairs together: these are searched again.
        """
        if claim == "together" or self._found.chance is None:
            return reduce(add, self.chances), by_window(self.chances, self.layer.scales)
        return self._found.chance, self._found.windows

    @cached_property
    def _found(self) -> LayerEdges:
        i = self.layer
        asked = (self.fdr, self.chosen, i.population, i.one_object)
        return find_edges(i.name, i.acts, i.scales, *asked, say=self.say)

    @cached_property
    def chances(self) -> list[Chance]:
        """The same at each scale, without what habits bring."""
        mask = mask_of(self.layer.acts, self.chosen)
        return chances_of(self.backgrounds, self.layer.acts.source, mask)


def left_out(searched: Searched, a: str, b: str, claim: Claim = "together") -> PairTest:
    """The test of a pair of which the run did not find that claim, with what its rate asked of it.

    `lucky` and `listed` are as `rated` gives them. Both accounts have events in the layer.
    """
    whole, windows = searched.lucky(claim)
    (test,) = pair_tests(Acts(searched.layer, searched.backgrounds), [(a, b)], whole, claim=claim)
    return rated(test, searched.edges, whole, windows[test.window], searched.tests)
