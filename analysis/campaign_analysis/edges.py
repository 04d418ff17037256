"""From the events of one layer to its significant pairs, over all its scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add

import numpy as np
import polars as pl

from campaign_analysis.arrays import Codes
from campaign_analysis.attainable import Chance, chances_of
from campaign_analysis.background import Background, background_of
from campaign_analysis.errors import AnalysisError
from campaign_analysis.events import Events, encode, fingerprint
from campaign_analysis.growth import grow
from campaign_analysis.interest import Interest
from campaign_analysis.parallel import THREADS, Say, both, side_by_side, silent
from campaign_analysis.results import EDGE_SCHEMA, JOINED_SCHEMA
from campaign_analysis.sessions import Scale, corrections, posts_of
from campaign_analysis.significance import step_up, test_pairs, with_pairs

LOOK = 0.05  # pairs are kept exactly up to this false discovery rate
MANY = 1_500_000  # events from which scales one after the other are as fast as side by side, and take less memory


@dataclass(frozen=True)
class Ground:
    """Where a layer's cores grow: its backgrounds, and whom they may take up."""

    layer: str
    events: Events
    backgrounds: tuple[Background, ...]
    mask: np.ndarray
    fdr: float

    def joined(self, edges: pl.DataFrame) -> pl.DataFrame:
        """Accounts that join the cores which the layer's *in step* edges (EDGE_SCHEMA) make (JOINED_SCHEMA)."""
        import networkx as nx

        names, backgrounds = self.events.accounts, self.backgrounds
        own = edges.filter(layer=self.layer, claim="in step")
        graph = nx.Graph(zip(*(names.search_sorted(own[end]).to_list() for end in ("a", "b")), strict=True))
        cores = sorted(sorted(part) for part in nx.connected_components(graph))
        codes = [np.array(core, dtype=np.int32) for core in cores]
        grown = grow(backgrounds, codes, self.mask, self.events.clock, self.fdr)
        return grown.select(
            account=names.gather(grown["account"]),
            anchor=names.gather(pl.Series([cores[c][0] for c in grown["core"]], dtype=pl.Int32)),
            layer=pl.lit(self.layer),
            window=pl.Series([backgrounds[i].scale.window for i in grown["scale"]], dtype=pl.Int64),
            block=pl.Series([backgrounds[i].scale.block for i in grown["scale"]], dtype=pl.Int64),
            n="n",
            expected="expected",
            p="p",
            lucky="lucky",
            q="q",
        )


@dataclass(frozen=True)
class LayerEdges:
    """The edges of a layer under both claims (EDGE_SCHEMA), and what was tested.

    `clock` is the tick of the data in ms; `fingerprint` a hash of the events that were read; `chance` says how many
    pairs are expected at each p if nobody coordinates, None where no pair could be tested, and `windows` the same
    at the scales of each window. `ground` is where its cores grow, None where it has none.
    """

    edges: pl.DataFrame
    tested_pairs: int
    accounts: int
    clock: int
    fingerprint: str
    chance: Chance | None = None
    ground: Ground | None = None
    windows: Mapping[int, Chance] = field(default_factory=dict)

    def together_only(self) -> LayerEdges:
        """The same for a layer in which nobody is said to be in step."""
        chance = self.chance.together_only() if self.chance else None
        return replace(self, edges=self.edges.filter(claim="together"), chance=chance, ground=None)

    def joined(self, edges: pl.DataFrame) -> pl.DataFrame:
        """Accounts that turn up where the cores that these edges make act in step (JOINED_SCHEMA)."""
        return pl.DataFrame(schema=JOINED_SCHEMA) if self.ground is None else self.ground.joined(edges)


def find_edges(
    layer: str,
    frame: pl.DataFrame | Events,
    scales: Sequence[Scale],
    fdr: float,
    chosen: pl.Series | None = None,
    population: pl.Series | None = None,
    one_object: bool = False,
    say: Say = silent,
) -> LayerEdges:
    """Find the pairs of accounts that co-act more than chance explains, at a false discovery rate in this layer.

    `frame` holds the events (account, object, time in epoch ms) of everybody, which may come encoded; `chosen` the ids
    of the accounts whose pairs are tested (all without it). `population` names accounts that could have acted in the
    layer, where the frame does not hold them all; `one_object` says that a post has one object in this layer.
    Several scales: the smallest p of a pair, corrected for their number; q: the pairs expected by chance at that p or
    below (attainable.py), over those found. `say` is told how far long work is.
    Raises AnalysisError where a scale or the rate makes no sense.
    """
    check(scales)
    if not 0 < fdr < 1:
        raise AnalysisError(f"a false discovery rate of {fdr:g} makes no sense: give one between 0 and 1, such as 0.01")
    events = frame if isinstance(frame, Events) else encode(frame, one_object)
    n_accounts = _tested_accounts(events.accounts if population is None else population, chosen)
    tests = n_accounts * (n_accounts - 1) // 2
    if not len(events) or not tests:
        return LayerEdges(pl.DataFrame(schema=EDGE_SCHEMA), tests, n_accounts, events.clock, fingerprint(events))
    posts, read = both(lambda: posts_of(events), lambda: fingerprint(events), len(events))
    mask = mask_of(events, chosen)
    threads = THREADS if len(events) <= MANY else 1
    grounds = side_by_side(lambda s: background_of(events, posts, s, mask, listed=False, say=say), scales, threads)
    chances = chances_of(grounds, events.source, mask)
    most = max(fdr, LOOK) * max(sum(b.pairs for b in grounds), 1)
    cut = reduce(add, chances).largest(most)  # no larger p can be an edge

    def tested(task: tuple[Background, float]) -> pl.DataFrame:
        ground, times = task
        return _pairs(*with_pairs(ground, posts, mask, cut / times, say), events.source, mask, cut / times, times)

    tasks = list(zip(grounds, corrections(scales), strict=True))
    pairs = side_by_side(tested, tasks, threads)
    chances = [
        chance.with_habits(part["without_habits"].to_numpy(), part["expected_in_step"].to_numpy(), times)
        for chance, part, (_, times) in zip(chances, pairs, tasks, strict=True)
    ]
    windows = by_window(chances, scales)
    in_step = _edges(pl.concat(pairs), "in step", windows, fdr)
    besides = [  # a scale of less weight adds who is in step by it, and to these alone that they are together
        part if scale.weight == 1 else part.join(in_step, on=["u", "v"], how="semi")
        for part, scale in zip(pairs, scales, strict=True)
    ]
    together = _edges(pl.concat(besides), "together", windows, fdr)
    in_step = in_step.join(together, on=["u", "v"], how="semi", maintain_order="left")  # each claim has its own rate
    ground = Ground(layer, events, tuple(grounds), mask, fdr) if in_step.height else None
    edges = _named(pl.concat([together, in_step]).with_columns(layer=pl.lit(layer)), events)
    edges = edges.sort("claim", "p", "a", "b").select(EDGE_SCHEMA.keys())
    return LayerEdges(edges, tests, n_accounts, events.clock, read, reduce(add, chances), ground, windows)


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


def mask_of(events: Events, chosen: pl.Series | None) -> np.ndarray:
    """Whose pairs are tested: one boolean an account, true for all where none are chosen."""
    if chosen is None:
        return np.ones(len(events.accounts), dtype=np.bool_)
    return events.accounts.is_in(chosen.unique().implode()).to_numpy()


def _pairs(
    background: Background, interest: Interest, source: Codes, mask: np.ndarray, cut: float, times: float
) -> pl.DataFrame:
    """The pairs as tested at one scale, whose p are multiplied by `times`; up to `cut` they are exact."""
    tested = test_pairs(background, interest, source, mask, cut)
    at = tested.pair
    frame = pl.DataFrame(
        {
            "u": background.u[at],
            "v": background.v[at],
            "n": tested.n.astype(np.int64),
            "expected_together": tested.together,
            "expected_in_step": tested.in_step,
            "without_habits": tested.without_habits,
            "p_together": np.minimum(tested.p_together * times, 1.0),
            "p_in_step": np.minimum(tested.p_in_step * times, 1.0),
        }
    )
    scale = background.scale
    return frame.with_columns(window=pl.lit(scale.window, dtype=pl.Int64), block=pl.lit(scale.block, dtype=pl.Int64))


def by_window(chances: Sequence[Chance], scales: Sequence[Scale]) -> dict[int, Chance]:
    """What chance brings at all scales of a window."""
    windows: dict[int, Chance] = {}
    for chance, scale in zip(chances, scales, strict=True):
        windows[scale.window] = windows[scale.window] + chance if scale.window in windows else chance
    return windows


def _edges(pairs: pl.DataFrame, claim: str, windows: Mapping[int, Chance], fdr: float) -> pl.DataFrame:
    """Each pair at its best scale, with q; those that keep to the rate among those of their window, and among all.

    A thousand pairs within a minute would else buy ten that meet within five, as layers would (all_layers.py).
    """
    column = claim.replace(" ", "_")
    best = (
        pairs.filter(pl.col(f"p_{column}") < 1)
        .sort(f"p_{column}", "window", "block", "u", "v")
        .unique(["u", "v"], keep="first", maintain_order=True)
        .with_columns(p=f"p_{column}", claim=pl.lit(claim))
    )
    own = pl.concat([_rated(best.filter(window=window), chance, fdr) for window, chance in windows.items()])
    every = own.sort("p", "window", "block", "u", "v")
    return _rated(every, reduce(add, windows.values()), fdr).select(
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


def _rated(best: pl.DataFrame, chance: Chance, fdr: float) -> pl.DataFrame:
    """Of pairs by ascending p those with q <= fdr among them."""
    if best.is_empty():
        return best.with_columns(q=pl.lit(None, pl.Float64))
    q = step_up(chance.false_pairs(best["p"].to_numpy(), best["claim"][0]))
    return best.with_columns(q=pl.Series(q, dtype=pl.Float64)).filter(pl.col("q") <= fdr)


def _named(edges: pl.DataFrame, events: Events) -> pl.DataFrame:
    names = events.accounts
    return edges.with_columns(a=names.gather(edges["u"]), b=names.gather(edges["v"]))
