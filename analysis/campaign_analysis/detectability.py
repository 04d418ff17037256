"""What would have been found: rings of known size and turn-out, planted into the user's own data."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import polars as pl

from campaign_analysis.communities import Community
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.events import SECOND, clock_of
from campaign_analysis.results import Group, Planted

SIZES = (5, 10, 30)
ACTIONS = (4, 8, 12)
TURNOUTS = (0.35, 0.5, 0.7, 0.9)
CORE = 3  # accounts of a ring in the core of a campaign for the ring to count as found


@dataclass(frozen=True)
class Ring:
    """A kind of ring: its accounts, how often it acts, and which share of them turns up each time."""

    size: int
    actions: int
    turnout: float


USUAL = (Ring(10, 8, 0.5),)
EVERY = tuple(Ring(*kind) for kind in product(SIZES, ACTIONS, TURNOUTS))


def detectability(
    layer: LayerInput,
    chosen: pl.Series | None,
    found: Found,
    rings: Sequence[Ring],
    each: int,
    fdr: float,
    community: Community,
    seed: int,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Planted, ...]:
    """For each kind of ring, how many of `each` planted ones are found in this layer alone.

    A ring borrows accounts of the data (of the `chosen`, where there are any; none of a group that was `found`), with
    all that they post anyway. Each action is on an object of its own: every other one is drawn as often as objects are
    used, the rest from all objects alike; its time is that of a post of the data, so that busy hours have more. Who
    turns up acts within the layer's shortest window. Rings are planted one by one, so that none helps another over the
    threshold, beside the pairs that were found; what is left out of each search, because no planted pair depends on it, `around` says.
    Kinds of which the data have too few accounts or objects are left out.
    """
    frame = layer.events.select("account", "object", "time", *(["source"] if "source" in layer.events.columns else []))
    frame = frame.drop_nulls(["account", "object", "time"]).sort("time", "account", "object")
    borrowed = _to_borrow(frame, chosen, found.groups)
    objects = frame["object"].unique().sort()
    rows = []
    for kind, ring in enumerate(rings):
        if len(borrowed) < ring.size or len(objects) < ring.actions:
            continue
        say(f"planting rings of {ring.size}, {kind + 1} of {len(rings)} kinds")
        cores = []
        for number in range(each):
            rng = np.random.default_rng([seed, ring.size, ring.actions, round(100 * ring.turnout), number])
            members = borrowed.gather(np.sort(rng.choice(len(borrowed), ring.size, replace=False)))
            planted = acts(frame, objects, members, ring, min(s.window for s in layer.scales), rng)
            cores.append(_core(around(layer, frame, planted, members), chosen, members, found, fdr, community, seed))
        rows.append(_row(layer.name, ring, cores))
    return tuple(rows)


def acts(
    frame: pl.DataFrame, objects: pl.Series, members: pl.Series, ring: Ring, window: int, rng: np.random.Generator
) -> pl.DataFrame:
    """The planted acts (account, object, time) of one ring."""
    used = frame["object"].gather(rng.integers(0, frame.height, 20 * ring.actions)).unique(maintain_order=True)
    alike = objects.gather(rng.permutation(len(objects))[: 2 * ring.actions])
    popular = used.head(ring.actions // 2)
    rest = alike.filter(~alike.is_in(popular.implode())).head(ring.actions - len(popular))
    pushed = pl.concat([popular, rest])
    clock = clock_of(frame["time"].to_numpy())
    starts = frame["time"].gather(rng.integers(0, frame.height, len(pushed))).to_numpy()
    there = rng.random((len(pushed), ring.size)) < ring.turnout
    action, member = np.nonzero(there)
    time = starts[action] + rng.integers(0, window * SECOND + 1, len(action))
    return pl.DataFrame(
        {"account": members.gather(member), "object": pushed.gather(action), "time": time // clock * clock}
    )


def around(layer: LayerInput, frame: pl.DataFrame, planted: pl.DataFrame, members: pl.Series) -> LayerInput:
    """The layer with a ring planted, without what does not bear on pairs of its members.

    Kept are all acts of the members, and those of everybody on the objects that two members share, in the blocks in
    which a member acts: expectation and coincidence of members' pairs are made of these alone. Approximate is who of
    the others are repeat partners: where they meet on other objects only, they now count as passers-by, which raises
    the expectation a little; posts lose their other, rarer objects.
    """
    length = max(s.block for s in layer.scales) * SECOND
    every = pl.concat([frame, planted.cast({"time": frame["time"].dtype})], how="diagonal")
    own = every.filter(pl.col("account").is_in(members.implode()))
    shared = own.group_by("object").agg(pl.col("account").n_unique()).filter(pl.col("account") > 1)["object"]
    blocks = (own["time"] // length).unique()
    others = every.filter(
        ~pl.col("account").is_in(members.implode()),
        pl.col("object").is_in(shared.implode()),
        (pl.col("time") // length).is_in(blocks.implode()),
    )
    population = layer.population if layer.population is not None else frame["account"].unique()
    return replace(layer, events=pl.concat([own, others]), population=population)


def _to_borrow(frame: pl.DataFrame, chosen: pl.Series | None, groups: Sequence[Group]) -> pl.Series:
    accounts = frame["account"].unique().sort()
    if chosen is not None:
        accounts = accounts.filter(accounts.is_in(chosen.unique().implode()))
    found = pl.Series([m.id for g in groups for m in g.accounts], dtype=pl.String)
    return accounts.filter(~accounts.is_in(found.implode()))


def _core(
    layer: LayerInput,
    chosen: pl.Series | None,
    members: pl.Series,
    known: Found,
    fdr: float,
    community: Community,
    seed: int,
) -> int:
    """How many of the members are in the core of a campaign; the largest number where they are in several."""
    ring = set(members)
    groups = detect([layer], chosen, fdr, community, seed, known).groups
    return max((sum(m.id in ring and m.role == "core" for m in g.accounts) for g in groups), default=0)


def _row(layer: str, ring: Ring, cores: Sequence[int]) -> Planted:
    found = sum(core >= CORE for core in cores)
    low, high = wilson(found, len(cores))
    members = sum(cores) / (ring.size * len(cores))
    return Planted(layer, ring.size, ring.actions, ring.turnout, len(cores), found, members, low, high)


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    z, share = 1.959964, hits / trials
    middle = share + z**2 / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    whole = 1 + z**2 / trials
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)
