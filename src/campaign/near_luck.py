"""How many of the pairs about as weak as a linked one are luck: the odds of a pair are an average over better ones too.

q times the rank is the number of pairs that luck brings down to there. Between two places of the list, what luck brings
more, over how many are listed more, is the share of luck among the pairs between them. q of a step-up stays the same up
to the place where it is reached: there alone the product is exact, and such places the two are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from campaign_analysis.results import Detection

NEAR = 30  # pairs about as weak as one
FEWEST = 10  # pairs in a list, under which nothing is said of some of them
WEAKEST = 0.9  # of a list, from which a pair is among its weakest

Edge = Mapping[str, Any]  # a row of EDGE_SCHEMA


@dataclass(frozen=True)
class Near:
    """The `rank` of a pair among the `listed` ones (1: the surest), and of `pairs` about as weak the `share` of luck.

    `alone`: the list is that of its own layer, and there are others.
    """

    rank: int
    listed: int
    pairs: int
    share: float
    alone: bool

    @property
    def among_the_weakest(self) -> bool:
        """Whether hardly any of the list is weaker."""
        return self.rank > WEAKEST * self.listed


def near(detection: Detection, edge: Edge) -> Near | None:
    """Of the pairs under an edge's claim, in all layers or in its own: where more of those about as weak are luck.

    A q is that of one of the two lists, and the run does not keep of which: it rises along p in that one. None where
    both are short.
    """
    every = detection.edges.filter(claim=edge["claim"])
    own = every.filter(layer=edge["layer"])
    lists = [(every, False)] if own.height == every.height else [(every, False), (own, True)]
    told = (_near(frame.sort("p", "q"), edge, alone) for frame, alone in lists if _rising(frame))
    return max((one for one in told if one), key=lambda one: one.share, default=None)


def _rising(edges: pl.DataFrame) -> bool:
    return edges.sort("p", "q")["q"].is_sorted()


def _near(edges: pl.DataFrame, edge: Edge, alone: bool) -> Near | None:
    if edges.height < FEWEST:
        return None
    rank = max(1, edges.filter(pl.col("p") <= edge["p"]).height)
    ends = edges.with_row_index("rank", 1).group_by("q").agg(pl.col("rank").max()).sort("q")
    places = [(0, 0.0), *((place, q * place) for q, place in ends.iter_rows())]
    end = next((one for one in places if one[0] >= rank + NEAR // 2), places[-1])
    begin = max(one for one in places if one[0] <= max(0, end[0] - NEAR) and one[0] < rank)
    pairs = end[0] - begin[0]
    share = max((end[1] - begin[1]) / pairs, edge["q"])  # nobody is flattered by a bump of the list
    return Near(rank, edges.height, pairs, min(1.0, share), alone)
