"""Why one pair of accounts is joined and another is not: the tests of two to four pairs for each group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from campaign_analysis.all_layers import false_pairs
from campaign_analysis.attainable import Chance
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.edges import mask_of
from campaign_analysis.events import SECOND
from campaign_analysis.pair_tests import Acts, flags, pair_tests, rated, worse_of
from campaign_analysis.parallel import side_by_side
from campaign_analysis.results import Claim, Group, PairTest

EXPLAINED = 10  # groups, the first ones: as many as a report shows in detail
COMPANY = 20  # outsiders who meet the group most, of whom one is chosen
TRIED = 10  # pairs of a member and one of them that are tested: those that meet most; and of two members
LOOKED_AT = 100  # members among whom a pair that is not joined is looked for

Pair = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """What is asked of a group: why its strongest edge is one, and why one of these pairs is none: of `strangers`, a
    member and an outsider, and of `inside`, two members; and why one of those who are together is not in step (`only`).
    """

    best: dict[str, Any]
    strangers: list[Pair]
    inside: list[Pair]
    only: list[Pair]

    @property
    def pairs(self) -> list[Pair]:
        return [*self.strangers, *self.inside]


def explained(found: Found, layers: Sequence[LayerInput], chosen: pl.Series | None = None) -> Found:
    """The same, its first groups with `why`: the strongest pair; of a campaign, one that is together and not in step by
    the same layer; one of a member and an outsider who meet often; and one of two members who met twice or more and
    are not joined. Of these those that there are.

    `chosen`: ids of the accounts whose pairs the run tested, all if None: others were not left out, but never asked.
    The pairs of all groups are tested together. The backgrounds go, which are large and of no more use.
    """
    acts = {layer.name: Acts(layer, found.backgrounds.get(layer.name, ())) for layer in layers}
    asked = side_by_side(lambda group: _asked(group, found, acts, chosen), found.groups[:EXPLAINED])
    tests: dict[tuple[str, Claim, Pair], PairTest] = {}
    for name in {one.best["layer"] for one in asked if one}:
        here = [one for one in asked if one and one.best["layer"] == name]
        for claim, pairs in _CLAIMS.items():
            wanted = sorted({pair for one in here for pair in pairs(one)})
            made = pair_tests(acts[name], wanted, found.chances[name], claim=claim)
            tests |= {(name, claim, (t.a, t.b)): t for t in made}
    told = [
        replace(group, why=_why(one, tests, found)) if one else group
        for group, one in zip(found.groups, asked, strict=False)
    ]
    return replace(found, groups=(*told, *found.groups[EXPLAINED:]), backgrounds={})


_CLAIMS: dict[Claim, Callable[[Asked], list[Pair]]] = {
    "together": lambda one: one.pairs,
    "in step": lambda one: one.only,
}


def _asked(group: Group, found: Found, acts: dict[str, Acts], chosen: pl.Series | None) -> Asked | None:
    """Its strongest edge under its claim, and pairs of a member and an outsider who meet most but are not joined."""
    ids = [m.id for m in group.accounts]
    claim = "in step" if group.claim == "campaign" else "together"
    own = found.edges.filter(pl.col("claim") == claim, pl.col("a").is_in(ids), pl.col("b").is_in(ids))
    if own.is_empty():
        return None
    best = own.sort("p", "layer", "a", "b").row(0, named=True)
    together = found.edges.filter(layer=best["layer"], claim="together")
    strangers = company(acts[best["layer"]], ids, best, chosen).join(together, on=["a", "b"], how="anti")
    strangers = strangers.sort(["cells", "a", "b"], descending=[True, False, False])
    joined = found.edges.select("a", "b").unique()
    paired = [m.id for m in group.accounts if not m.joined]
    inside = fellows(acts[best["layer"]], paired, best).join(joined, on=["a", "b"], how="anti")
    inside = inside.sort(["cells", "a", "b"], descending=[True, False, False])
    step = found.edges.filter(layer=best["layer"], claim="in step")
    only = together.filter(pl.col("a").is_in(ids), pl.col("b").is_in(ids)).join(step, on=["a", "b"], how="anti")
    only = only.sort("p", "a", "b") if claim == "in step" else only.clear()
    return Asked(best, *(frame.select("a", "b").head(TRIED).rows() for frame in (strangers, inside, only)))


def _why(one: Asked, tests: dict[tuple[str, Claim, Pair], PairTest], found: Found) -> tuple[PairTest, ...]:
    """The group's strongest edge as a test, of those who are together only the one that comes nearest to being in step,
    the nearest miss among the strangers, and that of two of its accounts who met twice or more; of each none if there
    is none.
    """
    lucky, listed, among = _luck(one.best, found)
    known = {name: value for name, value in one.best.items() if name != "q"}
    strongest = PairTest(**known, tests=among, lucky=lucky, listed=listed, joined=True)
    layer = one.best["layer"]
    strangers, inside = ([tests[layer, "together", pair] for pair in pairs] for pairs in (one.strangers, one.inside))
    beside = min((tests[layer, "in step", pair] for pair in one.only), key=_order, default=None)
    missed = (
        beside and _rated(beside, found),
        _missed(one.best, strangers, found),
        _missed(one.best, [t for t in inside if t.n > 1], found),
    )
    return (strongest, *(test for test in missed if test))


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


def _missed(best: dict[str, Any], pairs: Sequence[PairTest], found: Found) -> PairTest | None:
    """The nearest miss; one that met twice, if any did: one meeting shows nothing of the test."""
    together = found.edges.filter(layer=best["layer"], claim="together")
    weakest = float(together["p"].max() or 0.0)  # type: ignore[arg-type]
    missed = (test for test in pairs if test.p > weakest)
    nearest = min(missed, key=_order, default=None)
    return nearest and _rated(nearest, found)


def _order(test: PairTest) -> tuple[bool, float, str, str]:
    return test.n < 2, test.p, test.a, test.b


def _rated(test: PairTest, found: Found) -> PairTest:
    window, tests = found.windows[test.layer][test.window], found.tested_pairs[test.layer]
    own = rated(test, found.edges, found.chances[test.layer], window, tests)
    return worse_of(own, found.edges, found.luck, found.tested_pairs)


def fellows(acts: Acts, ids: list[str], best: dict[str, Any]) -> pl.DataFrame:
    """Pairs (a, b) of members (of large groups: of some), and in how many `cells` (as `company`) they are near.

    Near: in one stretch of the window's length, which is enough to choose whom to test.
    """
    e, window, block = acts.events, best["window"] * SECOND, best["block"] * SECOND
    of_some = np.flatnonzero(e.accounts.is_in(sorted(ids)[:LOOKED_AT]).to_numpy()[e.account])
    time = e.time[of_some]
    own = pl.DataFrame({"account": e.account[of_some], "object": e.object[of_some], "at": time // window})
    own = own.with_columns(block=time // block).unique()
    both = own.join(own, on=["object", "at", "block"], suffix="_b").filter(pl.col("account") < pl.col("account_b"))
    both = both.unique(["account", "account_b", "object", "block"])
    counted = both.group_by(a="account", b="account_b").agg(cells=pl.len())
    return counted.select("cells", *(e.accounts.gather(counted[side]).alias(side) for side in "ab"))


def company(acts: Acts, ids: list[str], best: dict[str, Any], chosen: pl.Series | None = None) -> pl.DataFrame:
    """Pairs (a, b) of a member and one of the outsiders (of those `chosen`) who meet the group most, and in how many
    `cells`.

    A cell is an object in a block of the scale of `best`. Of an outsider's acts in it the first one near a member's is
    looked at, which is enough to choose whom to test.
    """
    e, window, block = acts.events, best["window"] * SECOND, best["block"] * SECOND
    member = e.accounts.is_in(ids).to_numpy()[e.account]
    near = np.flatnonzero(flags(e.object[member], len(e.objects))[e.object])  # events are sorted by object and time
    time = e.time[near] - e.time[near].min()
    key = e.object[near].astype(np.int64) * (time.max() + 2 * window + 2) + time
    outside = ~member[near] & mask_of(e, chosen)[e.account[near]]
    own, others = near[member[near]], near[outside]
    own_key, key = key[member[near]], key[outside]
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
