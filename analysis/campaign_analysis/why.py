"""Why one pair of accounts is joined and another is not: the tests of two pairs for each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from campaign_analysis.background import background_of
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.events import SECOND, clock_of, encode
from campaign_analysis.evidence import episodes
from campaign_analysis.results import Group, PairTest
from campaign_analysis.sessions import posts_of
from campaign_analysis.significance import test_pairs

EXPLAINED = 10  # groups, the first ones: as many as a report shows in detail
WHOLE = 300_000  # events of everybody who meets a pair up to which they are all taken: then the test is the run's own
TRIED = 3  # strangers who meet a member most that are tested, until one does not pass


def explained(found: Found, layers: Sequence[LayerInput]) -> tuple[Group, ...]:
    """The first groups with `why`: the strongest pair, and the stranger who meets one of the two most often."""
    inputs = {layer.name: layer for layer in layers}
    return tuple(
        replace(group, why=_why(group, found, inputs)) if number < EXPLAINED else group
        for number, group in enumerate(found.groups)
    )


def _why(group: Group, found: Found, layers: dict[str, LayerInput]) -> tuple[PairTest, ...]:
    ids = [m.id for m in group.accounts]
    inside = found.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    claim = "in step" if group.claim == "campaign" else "together"
    ordered = pl.concat([inside.filter(claim=claim), inside.filter(pl.col("claim") != claim)], rechunk=True)
    if ordered.is_empty():
        return ()
    own = ordered.filter(claim=ordered["claim"][0])
    best = own.sort("p", "layer", "a", "b").row(0, named=True)
    tests = found.tested_pairs[best["layer"]]
    strongest = PairTest(**{k: v for k, v in best.items() if k != "q"}, tests=tests, joined=True)
    outsider = _outsider(best, ids, found, layers[best["layer"]], tests)
    return (strongest, outsider) if outsider else (strongest,)


def _outsider(best: dict[str, Any], ids: list[str], found: Found, layer: LayerInput, tests: int) -> PairTest | None:
    """The test of the account outside the group that meets an account of the strongest pair most, and is not joined."""
    together = found.edges.filter(layer=layer.name, claim="together")
    weakest = together["p"].max()
    joined = {*together.filter(a=best["a"])["b"], *together.filter(b=best["a"])["a"], *ids}
    for _, other in zip(range(TRIED), _met(layer, best["a"], joined, best["window"], best["block"]), strict=False):
        test = pair_test(layer, min(best["a"], other), max(best["a"], other), tests)
        if test.p > float(weakest or 0.0):  # type: ignore[arg-type]
            return test
    return None


def _met(layer: LayerInput, account: str, never: set[str], window: int, block: int) -> Iterator[str]:
    """Other accounts by the cells in which they act within the window of the account, most first."""
    objects = layer.events.filter(account=account)["object"].unique().implode()
    near = layer.events.filter(pl.col("object").is_in(objects)).sort("object", "time", "account")
    code, time = near["object"].rank("dense").to_numpy().astype(np.int64), near["time"].to_numpy()
    key = code * (time.max() - time.min() + 2 * window * SECOND + 2) + (time - time.min())
    own = np.flatnonzero((near["account"] == account).to_numpy())
    first = np.searchsorted(key, key[own] - window * SECOND)
    last = np.searchsorted(key, key[own] + window * SECOND, side="right")
    rows = np.unique(np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)]))
    cells = near[rows].select("account", "object", block=pl.col("time") // (block * SECOND)).unique()
    counted = cells.group_by("account").len().sort(["len", "account"], descending=[True, False])
    yield from (other for other in counted["account"] if other not in never)


def pair_test(layer: LayerInput, a: str, b: str, tests: int) -> PairTest:
    """Test *together* of one pair on the layer's events, at the scale at which it stands out most.

    Only what bears on the pair is counted: the events of everybody who acts on what both act on. Where they are too
    many, those on these objects alone, which leaves out some repeat partners among the others: a little is expected
    more.
    """
    frame = layer.events.drop_nulls(["account", "object", "time"])
    of = [frame.filter(account=x)["object"].unique() for x in (a, b)]
    on_shared = frame.filter(pl.col("object").is_in(of[0].filter(of[0].is_in(of[1].implode())).implode()))
    company = frame.filter(pl.col("account").is_in(pl.concat([on_shared["account"], pl.Series([a, b])]).implode()))
    if company.height > WHOLE:
        company = pl.concat([on_shared, company.filter(pl.col("account").is_in([a, b]))])
    sizes = dict(frame.select("account", "object", "time").unique().group_by("object").len().iter_rows())
    events = replace(encode(company, layer.one_object), clock=clock_of(frame["time"].to_numpy()))
    posts = posts_of(events, np.array([sizes[o] for o in events.objects.to_list()], dtype=np.int64))
    names = events.accounts.to_list()
    u, v = (np.array([names.index(x)], dtype=np.int32) for x in (a, b))
    best: PairTest | None = None
    for scale in layer.scales:
        n = episodes(company, a, b, scale, sizes, layer.one_object).height
        one = replace(background_of(events, posts, scale), u=u, v=v, n=np.array([max(n, 1)], dtype=np.int32))
        tested = test_pairs(one, events.source, np.ones(len(names), dtype=np.bool_), 1.0)
        p = min(1.0, float(tested.p_together[0]) * len(layer.scales)) if n else 1.0
        test = PairTest(
            a, b, layer.name, "together", scale.window, scale.block, n, float(tested.together[0]), p, tests, False
        )
        if best is None or (test.p, -test.n) < (best.p, -best.n):
            best = test
    if best is None:
        raise ValueError(f"the layer {layer.name} has no scale")
    return best
