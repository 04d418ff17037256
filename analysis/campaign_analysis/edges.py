"""From the events of one layer to its significant pairs, over all its scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.background import Background, Scale, background_of, posts_of
from campaign_analysis.errors import AnalysisError
from campaign_analysis.events import SECOND, Codes, Events, encode, fingerprint
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import EDGE_SCHEMA
from campaign_analysis.significance import benjamini_hochberg, test_pairs, with_pairs

LOOK = 0.05  # pairs are kept exactly up to this false discovery rate
PAIR = pl.Struct({"a": pl.String, "b": pl.String})


@dataclass(frozen=True)
class LayerEdges:
    """The edges of a layer under both claims (EDGE_SCHEMA), and what was tested.

    `clock` is the tick of the data in ms; `fingerprint` a hash of the events that were read.
    """

    edges: pl.DataFrame
    tested_pairs: int
    accounts: int
    clock: int
    fingerprint: str


def find_edges(
    layer: str,
    frame: pl.DataFrame,
    scales: Sequence[Scale],
    fdr: float,
    chosen: pl.Series | None = None,
    population: pl.Series | None = None,
    one_object: bool = False,
    beside: pl.DataFrame | None = None,
    accounts: int | None = None,
    say: Say = silent,
) -> LayerEdges:
    """Find the pairs of accounts that co-act more than chance explains, at a false discovery rate.

    `frame` holds the events (account, object, time in epoch ms) of everybody; `chosen` the ids of the accounts whose
    pairs are tested (all without it). `population` names accounts that could have acted in the layer, where the frame
    does not hold them all; `one_object` says that a post has one object in this layer.
    `beside`: edges (EDGE_SCHEMA) found elsewhere in the same population; the correction for many pairs counts them.
    `accounts`: of how many accounts the pairs are corrected for, where it is not those that are tested here.
    Several scales: the smallest p of a pair times their number. `say` is told how far long work is.
    Raises AnalysisError where a scale or the rate makes no sense.
    """
    check(scales)
    if not 0 < fdr < 1:
        raise AnalysisError(f"a false discovery rate of {fdr:g} makes no sense: give one between 0 and 1, such as 0.01")
    events = encode(frame, one_object)
    n_accounts = accounts or _tested_accounts(events.accounts if population is None else population, chosen)
    tests = n_accounts * (n_accounts - 1) // 2
    if not len(events) or not tests:
        return LayerEdges(pl.DataFrame(schema=EDGE_SCHEMA), tests, n_accounts, events.clock, fingerprint(events))
    posts = posts_of(events)
    mask = _mask(events, chosen)
    backgrounds = [background_of(events, posts, s, mask, listed=False, say=say) for s in scales]
    known = pl.DataFrame(schema=EDGE_SCHEMA) if beside is None else beside.filter(layer=layer)
    most = known.height + sum(b.pairs for b in backgrounds)
    cut = min(1.0, max(fdr, LOOK) * max(most, 1) / (tests * len(scales)))  # no larger p can be an edge
    pairs = pl.concat([_pairs(with_pairs(b, posts, mask, cut, say), events.source, mask, cut) for b in backgrounds])
    both = [_edges(pairs, claim, column, len(scales), tests, fdr, known) for claim, column in CLAIMS]
    edges = pl.concat(both).with_columns(layer=pl.lit(layer))
    edges = _named(edges, events).sort("claim", "p", "a", "b").select(EDGE_SCHEMA.keys())
    return LayerEdges(edges, tests, n_accounts, events.clock, fingerprint(events))


CLAIMS = (("together", "together"), ("in step", "in_step"))


def check(scales: Sequence[Scale]) -> None:
    """Raise AnalysisError for a window or block that makes no sense."""
    for s in scales:
        if s.window <= 0 or s.block <= 0:
            raise AnalysisError(
                f"window {s.window} s and block {s.block} s: both must be longer than nothing, e.g. 60s and 30m"
            )
        if s.block < 2 * s.window:
            raise AnalysisError(
                f"a block of {s.block} s must hold at least two windows of {s.window} s: "
                "give a longer --block or a shorter --window"
            )


def _tested_accounts(population: pl.Series, chosen: pl.Series | None) -> int:
    names = population.unique()
    return len(names) if chosen is None else int(names.is_in(chosen.unique().implode()).sum())


def _mask(events: Events, chosen: pl.Series | None) -> np.ndarray:
    if chosen is None:
        return np.ones(len(events.accounts), dtype=np.bool_)
    return events.accounts.is_in(chosen.unique().implode()).to_numpy()


def _pairs(background: Background, source: Codes, mask: np.ndarray, cut: float) -> pl.DataFrame:
    tested = test_pairs(background, source, mask, cut)
    at = tested.pair
    frame = pl.DataFrame(
        {
            "u": background.u[at],
            "v": background.v[at],
            "n": background.n[at].astype(np.int64),
            "expected_together": tested.together,
            "expected_in_step": tested.in_step,
            "p_together": tested.p_together,
            "p_in_step": tested.p_in_step,
        }
    )
    scale = background.scale
    return frame.with_columns(window=pl.lit(scale.window, dtype=pl.Int64), block=pl.lit(scale.block, dtype=pl.Int64))


def _edges(
    pairs: pl.DataFrame, claim: str, column: str, scales: int, tests: int, fdr: float, known: pl.DataFrame
) -> pl.DataFrame:
    """Each pair at its best scale, p corrected for the number of scales, with q; those with q <= fdr."""
    best = (
        pairs.filter(pl.col(f"p_{column}") < 1)
        .sort(f"p_{column}", "window", "block", "u", "v")
        .unique(["u", "v"], keep="first", maintain_order=True)
        .with_columns(p=(pl.col(f"p_{column}") * scales).clip(upper_bound=1.0))
    )
    every = pl.concat([best["p"], known.filter(claim=claim)["p"]])
    q = benjamini_hochberg(every.to_numpy(), tests)[: best.height]
    return (
        best.with_columns(q=pl.Series(q, dtype=pl.Float64), claim=pl.lit(claim))
        .filter(pl.col("q") <= fdr)
        .select(
            "u",
            "v",
            "claim",
            "window",
            "block",
            "n",
            pl.col(f"expected_{column}").alias("expected"),
            "p",
            "q",
        )
    )


def _named(edges: pl.DataFrame, events: Events) -> pl.DataFrame:
    names = events.accounts
    return edges.with_columns(a=names.gather(edges["u"]), b=names.gather(edges["v"]))


def clock_note(clock: int, scales: Sequence[Scale]) -> str | None:
    """What the data's clock cannot show, or None."""
    tick = clock // SECOND
    if tick < 60:
        return None
    shorter = any(s.window <= tick for s in scales)
    return f"Most times of this data are multiples of {tick} s: nothing faster can be seen" + (
        f", and a window of {tick} s or less means the same tick or the next." if shorter else "."
    )
