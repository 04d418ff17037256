"""Why one pair of accounts is joined and another is not: the tests of two pairs for each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.attainable import Chance
from campaign_analysis.background import background_of
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.events import SECOND, Events, encode
from campaign_analysis.evidence import episodes
from campaign_analysis.results import Group, PairTest
from campaign_analysis.sessions import posts_of
from campaign_analysis.significance import interest_of, test_pairs

EXPLAINED = 10  # groups, the first ones: as many as a report shows in detail
WHOLE = 300_000  # events of everybody who meets a pair up to which they are all taken: then the test is the run's own
TRIED = 3  # strangers who meet a member most that are tested, until one does not pass

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Acts:
    """A layer with its events encoded once, for the tests of many pairs."""

    layer: LayerInput

    @cached_property
    def events(self) -> Events:
        return encode(self.layer.events, self.layer.one_object)

    @cached_property
    def sizes(self) -> Ints:
        """Events of each object."""
        return np.bincount(self.events.object, minlength=len(self.events.objects)).astype(np.int64)

    def account(self, name: str) -> int:
        """The position of an account among the names; -1 where it has no event here."""
        at = int(self.events.accounts.search_sorted(name))
        return at if at < len(self.events.accounts) and self.events.accounts[at] == name else -1

    def objects_of(self, account: int) -> Flags:
        """Which objects the account acts on."""
        return _flags(self.events.object[self.events.account == account], len(self.events.objects))

    def frame(self, rows: Flags) -> pl.DataFrame:
        """Some of the events by name: account, object, time, source (null where nobody knows)."""
        e = self.events
        source = e.source[e.object[rows]]
        return pl.DataFrame(
            {
                "account": e.accounts.gather(e.account[rows]),
                "object": e.objects.gather(e.object[rows]),
                "time": e.time[rows],
                "source": pl.Series(source).cast(pl.String).set(pl.Series(source < 0), None),
            }
        )


def explained(found: Found, layers: Sequence[LayerInput]) -> tuple[Group, ...]:
    """The first groups with `why`: the strongest pair, and the stranger who meets one of the two most often."""
    acts = {layer.name: Acts(layer) for layer in layers}
    return tuple(
        replace(group, why=_why(group, found, acts)) if number < EXPLAINED else group
        for number, group in enumerate(found.groups)
    )


def _why(group: Group, found: Found, acts: dict[str, Acts]) -> tuple[PairTest, ...]:
    ids = [m.id for m in group.accounts]
    inside = found.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    claim = "in step" if group.claim == "campaign" else "together"
    own = inside.filter(claim=claim)
    if own.is_empty():
        return ()
    best = own.sort("p", "layer", "a", "b").row(0, named=True)
    tests = found.tested_pairs[best["layer"]]
    lucky, listed = _luck(best, found)
    known = {name: value for name, value in best.items() if name != "q"}
    strongest = PairTest(**known, tests=tests, lucky=lucky, listed=listed, joined=True)
    outsider = _outsider(best, ids, found, acts[best["layer"]])
    return (strongest, outsider) if outsider else (strongest,)


def _luck(edge: dict[str, Any], found: Found) -> tuple[float, int]:
    """The two numbers whose ratio is an edge's q: pairs by chance, and pairs listed, where the list is surest.

    They are those at its p or at the larger p of an edge further down, as in the step-up (significance.py).
    """
    listed = found.edges.filter(layer=edge["layer"], claim=edge["claim"])["p"].sort()
    down = listed.filter(listed >= edge["p"]).unique().sort().to_numpy()
    lucky = found.chances[edge["layer"]].false_pairs(down, edge["claim"])
    rank = np.searchsorted(listed.to_numpy(), down, side="right")
    surest = int(np.argmin(lucky / rank))
    return float(lucky[surest]), int(rank[surest])


def _outsider(best: dict[str, Any], ids: list[str], found: Found, acts: Acts) -> PairTest | None:
    """The test of the account outside the group that meets an account of the strongest pair most, and is not joined."""
    together = found.edges.filter(layer=best["layer"], claim="together")
    weakest = together["p"].max()
    joined = {*together.filter(a=best["a"])["b"], *together.filter(b=best["a"])["a"], *ids}
    strangers = (other for other in _met(acts, best["a"], best["window"], best["block"]) if other not in joined)
    for other in islice(strangers, TRIED):
        a, b = min(best["a"], other), max(best["a"], other)
        test = pair_test(acts, a, b, found.tested_pairs[best["layer"]], found.chances[best["layer"]])
        if test.p > float(weakest or 0.0):  # type: ignore[arg-type]
            return replace(test, listed=together.height)
    return None


def _met(acts: Acts, account: str, window: int, block: int) -> Iterator[str]:
    """Other accounts by the cells in which they act within the window of the account, most first."""
    e, me = acts.events, acts.account(account)
    near = np.flatnonzero(acts.objects_of(me)[e.object])  # events are sorted by object and time
    time = e.time[near] - e.time[near].min()
    key = e.object[near].astype(np.int64) * (time.max() + 2 * window * SECOND + 2) + time
    own = np.flatnonzero(e.account[near] == me)
    first = np.searchsorted(key, key[own] - window * SECOND)
    last = np.searchsorted(key, key[own] + window * SECOND, side="right")
    rows = near[np.unique(np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)]))]
    cells = pl.DataFrame(
        {"account": e.account[rows], "object": e.object[rows], "block": e.time[rows] // (block * SECOND)}
    )
    counted = cells.unique().group_by("account").len().sort(["len", "account"], descending=[True, False])
    yield from (e.accounts[int(other)] for other in counted["account"] if other != me)


def pair_test(acts: Acts, a: str, b: str, tests: int, chance: Chance) -> PairTest:
    """Test *together* of one pair on the layer's events, at the scale at which it stands out most; nothing is listed.

    Only what bears on the pair is counted: the events of everybody who acts on what both act on. Where they are too
    many, those on these objects alone, which leaves out some repeat partners among the others: a little is expected
    more. Both accounts have events in the layer.
    """
    company, layer = acts.frame(_company(acts, acts.account(a), acts.account(b))), acts.layer
    events = replace(encode(company, layer.one_object), clock=acts.events.clock)
    sizes = acts.sizes[acts.events.objects.search_sorted(events.objects).to_numpy()]
    posts = posts_of(events, sizes)
    frequency = dict(zip(events.objects.to_list(), sizes.tolist(), strict=True))
    names = events.accounts.to_list()
    u, v = (np.array([names.index(x)], dtype=np.int32) for x in (a, b))
    found = []
    for scale in layer.scales:
        n = episodes(company, a, b, scale, frequency, layer.one_object).height
        one = replace(background_of(events, posts, scale), u=u, v=v, n=np.array([max(n, 1)], dtype=np.int32))
        both = np.ones(len(names), dtype=np.bool_)
        tested = test_pairs(one, interest_of(one, both), events.source, both, 1.0)
        p = min(1.0, float(tested.p_together[0]) * len(layer.scales)) if n else 1.0
        found.append((p, n, float(tested.together[0]), scale))
    p, n, expected, scale = min(found, key=lambda one: (one[0], -one[1]))
    lucky = min(float(chance.false_pairs(np.array([p]), "together")[0]), float(tests))
    return PairTest(
        a, b, layer.name, "together", scale.window, scale.block, n, expected, p, tests, lucky, listed=0, joined=False
    )


def _company(acts: Acts, a: int, b: int) -> Flags:
    """Which events bear on the pair."""
    e = acts.events
    on_shared = (acts.objects_of(a) & acts.objects_of(b))[e.object]
    everybody = _flags(np.append(e.account[on_shared], (a, b)), len(e.accounts))[e.account]
    if int(everybody.sum()) <= WHOLE:
        return everybody
    return np.asarray(on_shared | (e.account == a) | (e.account == b), dtype=np.bool_)


def _flags(codes: Codes, size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[codes] = True
    return flags
