"""Why one pair of accounts is joined and another is not: the tests of two pairs for each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.all_layers import false_pairs
from campaign_analysis.arrays import Codes
from campaign_analysis.attainable import Chance
from campaign_analysis.background import Background, background_of
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.events import SECOND, Events
from campaign_analysis.evidence import episodes
from campaign_analysis.results import Group, PairTest
from campaign_analysis.sessions import posts_of
from campaign_analysis.significance import interest_of, test_pairs

EXPLAINED = 10  # groups, the first ones: as many as a report shows in detail
COMPANY = 20  # outsiders who meet the group most, of whom one is chosen
TRIED = 3  # pairs of a member and one of them that are tested, until one that met twice does not pass

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

    @cached_property
    def frequency(self) -> dict[str, int]:
        """Events of each object."""
        sizes = np.bincount(self.events.object, minlength=len(self.events.objects))
        return dict(zip(self.events.objects.to_list(), sizes.tolist(), strict=True))

    def account(self, name: str) -> int:
        """The position of an account among the names; -1 where it has no event here."""
        at = int(self.events.accounts.search_sorted(name))
        return at if at < len(self.events.accounts) and self.events.accounts[at] == name else -1

    def frame(self, rows: Flags) -> pl.DataFrame:
        """Some of the events by name: account, object, time."""
        e = self.events
        return pl.DataFrame(
            {
                "account": e.accounts.gather(e.account[rows]),
                "object": e.objects.gather(e.object[rows]),
                "time": e.time[rows],
            }
        )


def explained(found: Found, layers: Sequence[LayerInput]) -> Found:
    """The same, its first groups with `why`: the strongest pair, and one of a member and an outsider who meet often.

    The backgrounds go, which are large and of no more use.
    """
    acts = {layer.name: Acts(layer, found.backgrounds.get(layer.name, ())) for layer in layers}
    groups = tuple(
        replace(group, why=_why(group, found, acts)) if number < EXPLAINED else group
        for number, group in enumerate(found.groups)
    )
    return replace(found, groups=groups, backgrounds={})


def _why(group: Group, found: Found, acts: dict[str, Acts]) -> tuple[PairTest, ...]:
    ids = [m.id for m in group.accounts]
    inside = found.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    claim = "in step" if group.claim == "campaign" else "together"
    own = inside.filter(claim=claim)
    if own.is_empty():
        return ()
    best = own.sort("p", "layer", "a", "b").row(0, named=True)
    lucky, listed, tests = _luck(best, found)
    known = {name: value for name, value in best.items() if name != "q"}
    strongest = PairTest(**known, tests=tests, lucky=lucky, listed=listed, joined=True)
    outsider = _outsider(best, ids, found, acts[best["layer"]])
    return (strongest, outsider) if outsider else (strongest,)


def _luck(edge: dict[str, Any], found: Found) -> tuple[float, int, int]:
    """The two numbers whose ratio is an edge's q, pairs by chance and pairs listed, and of how many tests: those of
    its layer or of all layers, whichever have the larger q.
    """
    return max((_surest(edge, edges, chances, tests) for edges, chances, tests in _lists(edge, found)), key=_rate)


def _lists(edge: dict[str, Any], found: Found) -> Iterator[tuple[pl.DataFrame, dict[str, Chance], int]]:
    """What is listed under the edge's claim, what chance brings, and the tests: in its layer, and in all."""
    layer, listed = edge["layer"], found.edges.filter(claim=edge["claim"])
    yield listed.filter(layer=layer), {layer: found.chances[layer]}, found.tested_pairs[layer]
    yield listed, found.chances, sum(found.tested_pairs.values())


def _surest(
    edge: dict[str, Any], edges: pl.DataFrame, chances: dict[str, Chance], tests: int
) -> tuple[float, int, int]:
    """At the edge's p, or at the larger p of an edge further down where the list is surest, as in the step-up."""
    listed = edges["p"].sort()
    down = listed.filter(listed >= edge["p"]).unique().sort().to_numpy()
    lucky = false_pairs(chances, down, edge["claim"])
    rank = np.searchsorted(listed.to_numpy(), down, side="right")
    surest = int(np.argmin(lucky / rank))
    return float(lucky[surest]), int(rank[surest]), tests


def _rate(luck: tuple[float, int, int]) -> float:
    lucky, listed, _ = luck
    return lucky / max(listed, 1)


def _outsider(best: dict[str, Any], ids: list[str], found: Found, acts: Acts) -> PairTest | None:
    """The test of a pair of a member and an account outside the group that is not joined; None where nobody meets.

    Those who meet most are tried; of them it is the first who met twice, or else who came closest: one meeting is soon
    told, and shows nothing of the test.
    """
    together = found.edges.filter(layer=best["layer"], claim="together")
    weakest = float(together["p"].max() or 0.0)  # type: ignore[arg-type]
    strangers = company(acts, ids, best).join(together, on=["a", "b"], how="anti")
    strangers = strangers.sort(["cells", "a", "b"], descending=[True, False, False])
    tried = []
    for a, b in strangers.select("a", "b").head(TRIED).iter_rows():
        test = pair_test(acts, a, b, found.chances[best["layer"]])
        if test.p > weakest:
            tried.append(_left_out(test, best, found))
            if test.n > 1:
                break
    return min(tried, key=lambda test: (test.n < 2, test.p), default=None)


def _left_out(test: PairTest, best: dict[str, Any], found: Found) -> PairTest:
    """The test with what chance brings to its p and what is listed, in its layer or in all: where it fails more."""
    p = np.array([test.p])
    ways = (
        (min(float(false_pairs(chances, p, "together")[0]), float(tests)), edges.height, tests)
        for edges, chances, tests in _lists({**best, "claim": "together"}, found)
    )
    lucky, listed, tests = max(ways, key=_rate)
    return replace(test, lucky=lucky, listed=listed, tests=tests)


def company(acts: Acts, ids: list[str], best: dict[str, Any]) -> pl.DataFrame:
    """Pairs (a, b) of a member and one of the outsiders who meet the group most, and in how many `cells`.

    A cell is an object in a block of the scale of `best`. Of an outsider's acts in it the first one near a member's is
    looked at, which is enough to choose whom to test.
    """
    e, window, block = acts.events, best["window"] * SECOND, best["block"] * SECOND
    member = e.accounts.is_in(ids).to_numpy()[e.account]
    near = np.flatnonzero(_flags(e.object[member], len(e.objects))[e.object])  # events are sorted by object and time
    time = e.time[near] - e.time[near].min()
    key = e.object[near].astype(np.int64) * (time.max() + 2 * window + 2) + time
    own, others = near[member[near]], near[~member[near]]
    own_key, key = key[member[near]], key[~member[near]]
    first, last = np.searchsorted(own_key, key - window), np.searchsorted(own_key, key + window, side="right")
    cells = pl.DataFrame(
        {"account": e.account[others], "object": e.object[others], "block": e.time[others] // block}
    ).with_columns(first=first, last=last)
    cells = cells.filter(pl.col("last") > pl.col("first")).unique(["account", "object", "block"], keep="first")
    most = cells.group_by("account").len().sort(["len", "account"], descending=[True, False]).head(COMPANY)
    met = cells.join(most, on="account", how="semi").with_columns(own=pl.int_ranges("first", "last")).explode("own")
    met = met.with_columns(member=pl.Series(e.account[own])[met["own"]]).unique(
        ["account", "member", "object", "block"]
    )
    counted = met.group_by("account", "member").agg(cells=pl.len())
    names = (e.accounts.gather(counted[side]).alias(side) for side in ("account", "member"))
    return counted.select("cells", *names).select(
        pl.min_horizontal("account", "member").alias("a"), pl.max_horizontal("account", "member").alias("b"), "cells"
    )


def pair_test(acts: Acts, a: str, b: str, chance: Chance) -> PairTest:
    """Test *together* of one pair in the layer, at the scale at which it stands out most; nothing is listed, and it is
    the only test.

    What chance explains is the run's own. Both accounts have events in the layer.
    """
    layer, events = acts.layer, acts.events
    u, v = (np.array([acts.account(x)], dtype=np.int32) for x in (a, b))
    both = _flags(np.append(u, v), len(events.accounts))
    own = acts.frame(both[events.account])
    found = []
    for scale, around in zip(layer.scales, acts.backgrounds, strict=True):
        n = episodes(own, a, b, scale, acts.frequency, layer.one_object).height
        one = replace(around, u=u, v=v, n=np.array([max(n, 1)], dtype=np.int32))
        tested = test_pairs(one, interest_of(one, both), events.source, both, 1.0)
        p = min(1.0, float(tested.p_together[0]) * len(layer.scales)) if n else 1.0
        found.append((p, n, float(tested.together[0]), scale))
    p, n, expected, scale = min(found, key=lambda one: (one[0], -one[1]))
    lucky = float(chance.false_pairs(np.array([p]), "together")[0])
    return PairTest(
        a, b, layer.name, "together", scale.window, scale.block, n, expected, p, 1, lucky, listed=0, joined=False
    )


def _flags(codes: Codes, size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[codes] = True
    return flags
