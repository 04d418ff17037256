"""One false discovery rate over all layers: ten layers that each keep to it may together have ten times its errors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from campaign_analysis.arrays import Floats
from campaign_analysis.attainable import LEVELS, Chance
from campaign_analysis.results import Luck
from campaign_analysis.significance import step_up

RARE = 1e-6  # pairs that chance brings to a search, under which nothing is left out for being too many


def admitted(
    edges: pl.DataFrame, chances: Mapping[str, Chance], fdr: float, loose: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Of the layers' edges (EDGE_SCHEMA) those that keep to the rate in their own layer and in all layers together.

    For each claim, the largest set of them in which chance is expected to bring at most `fdr` of those listed, down to
    the p of each: in its layer, and over all layers (Benjamini & Hochberg 1995, with what chance brings counted as in
    attainable.py). Who is in step is together in the same layer as well. `q` is the larger of the two rates. `loose`:
    scales (layer, window, block) by which nobody is together who is not in step by the layer.
    """
    pair = ["layer", "a", "b"]
    while True:
        rated = edges.with_columns(q=pl.Series(_rates(edges, chances), dtype=pl.Float64))
        kept = rated.filter(pl.col("q") <= fdr)
        together = kept.filter(claim="together").select(pair, together=True)
        kept = kept.join(together, on=pair, how="left", maintain_order="left")
        kept = kept.filter(pl.col("together") | (pl.col("claim") == "together")).select(edges.columns)
        if loose is not None:
            only = kept.join(loose, on=loose.columns, how="semi").join(
                kept.filter(claim="in step"), on=pair, how="anti"
            )
            kept = kept.join(only, on=pair, how="anti", maintain_order="left")
        if kept.height == edges.height:
            return kept
        edges = kept


def _rates(edges: pl.DataFrame, chances: Mapping[str, Chance]) -> Floats:
    """The larger q of each edge: in its layer, and over all."""
    q, numbered = np.zeros(edges.height), edges.with_row_index("at")
    for (claim,), part in numbered.partition_by("claim", as_dict=True).items():
        q[part["at"].to_numpy()] = step_up(false_pairs(chances, part["p"].to_numpy(), claim))
    for (claim, layer), part in numbered.partition_by("claim", "layer", as_dict=True).items():
        at = part["at"].to_numpy()
        q[at] = np.maximum(q[at], step_up(chances[layer].false_pairs(part["p"].to_numpy(), claim)))
    return q


def false_pairs(chances: Mapping[str, Chance], p: Floats, claim: str) -> Floats:
    """The number of pairs that chance alone is expected to bring to each p or below, in all layers together."""
    return sum((chance.false_pairs(p, claim) for chance in chances.values()), np.zeros(len(p)))


def luck_of(edges: pl.DataFrame, chances: Mapping[str, Chance]) -> Luck:
    """What chance brings in all layers to a p that links nobody: what is asked of pairs that are left out.

    Where nobody is linked by a claim, from RARE pairs on.
    """
    return Luck(*(_above(edges.filter(claim=claim)["p"], chances, claim) for claim in ("together", "in step")))


def _above(linked: pl.Series, chances: Mapping[str, Chance], claim: str) -> dict[float, float]:
    pairs = false_pairs(chances, LEVELS, claim)
    first = np.searchsorted(LEVELS, linked.to_numpy().max()) if len(linked) else np.searchsorted(pairs, RARE)
    return dict(zip(*(values[max(int(first) - 1, 0) :].tolist() for values in (LEVELS, pairs)), strict=True))
