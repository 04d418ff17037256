"""What would have been found: rings of known size and turn-out, planted into the user's own data."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import polars as pl

from campaign_analysis.communities import Community
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.events import SECOND, clock_of
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import Planted

SIZES = (5, 10, 30)
ACTIONS = (4, 8, 12)
TURNOUTS = (0.35, 0.5, 0.7, 0.9)
CORE = 3  # accounts of a ring in the core of a campaign for the ring to count as found
TIMES = 4  # a ring comes back to each object so often
MORE = 0.05  # acts that are planted at once, as a share of those in the data: more would change what they are found in


@dataclass(frozen=True)
class Ring:
    """A kind of ring: its accounts, how often it acts, and which share of them turns up each time."""

    size: int
    actions: int
    turnout: float


USUAL = (Ring(10, 8, 0.5), Ring(30, 8, 0.5))
EVERY = tuple(Ring(*kind) for kind in product(SIZES, ACTIONS, TURNOUTS))


@dataclass(frozen=True)
class Ground:
    """The data that rings are planted in, and the search that they are planted for."""

    layer: LayerInput
    frame: pl.DataFrame
    objects: pl.Series
    borrowed: pl.Series
    found: Found
    fdr: float
    community: Community
    seed: int


def detectability(
    layer: LayerInput,
    chosen: pl.Series | None,
    found: Found,
    rings: Sequence[Ring],
    each: int,
    fdr: float,
    community: Community,
    seed: int,
    say: Say = silent,
) -> tuple[Planted, ...]:
    """For each kind of ring, how many of `each` planted ones would be found, by this layer alone.

    A ring borrows accounts of the data (of the `chosen`, where there are any; none of a group that was `found`), with
    all that they post anyway. It comes back to each of its objects four times, in turn; half of the rings draw them as
    often as they are used, half from all objects alike. The time of an action is that of a post of the data, so that
    busy hours have more. Who turns up acts within the layer's shortest window. Few rings are planted at once, beside the pairs that were found, so that
    they hardly lift each other over the threshold. Kinds for which the data have too few accounts or objects are left
    out.
    """
    ground = ground_of(layer, chosen, found, fdr, community, seed)
    rows = []
    for kind, ring in enumerate(rings):
        if len(ground.borrowed) < ring.size or len(ground.objects) < ring.actions / TIMES:
            continue
        say(f"planting rings of {ring.size} accounts, kind {kind + 1} of {len(rings)}")
        rng = np.random.default_rng([seed, ring.size, ring.actions, round(100 * ring.turnout)])
        cores: list[int] = []
        while len(cores) < each:
            cores += _cores(ground, ring, min(each - len(cores), _at_once(ground, ring)), rng)
        rows.append(_row(layer.name, ring, cores))
    return tuple(rows)


def ground_of(
    layer: LayerInput, chosen: pl.Series | None, found: Found, fdr: float, community: Community, seed: int
) -> Ground:
    """Where rings are planted: the layer's events in order, what there is to push, and who can be borrowed."""
    frame = layer.events.drop_nulls(["account", "object", "time"]).sort("time", "account", "object")
    borrowed = frame["account"].unique().sort()
    if chosen is not None:
        borrowed = borrowed.filter(borrowed.is_in(chosen.implode()))
    taken = pl.Series([m.id for g in found.groups for m in g.accounts], dtype=pl.String)
    borrowed = borrowed.filter(~borrowed.is_in(taken.implode()))
    objects = frame["object"].unique().sort()
    return Ground(layer, frame, objects, borrowed, found, fdr, community, seed)


def searches(events: int, rings: Sequence[Ring], each: int) -> int:
    """How many searches it takes about, in a layer of so many events."""
    return sum(math.ceil(each / max(1, _few(events, ring))) for ring in rings)


def _few(events: int, ring: Ring) -> int:
    return int(MORE * events / (ring.size * ring.actions * ring.turnout))


def _at_once(ground: Ground, ring: Ring) -> int:
    """How many rings are planted at once: few beside what is there, each with accounts of its own."""
    return max(1, min(_few(ground.frame.height, ring), len(ground.borrowed) // ring.size))


def _cores(ground: Ground, ring: Ring, number: int, rng: np.random.Generator) -> list[int]:
    """Plant rings, search, and count of each how many of its members are in the core of a campaign."""
    drawn = ground.borrowed.gather(rng.permutation(len(ground.borrowed))[: number * ring.size])
    home = pl.DataFrame({"account": drawn, "ring": np.arange(len(drawn)) // ring.size})
    acts = [acts_of(ground, home.filter(ring=i)["account"], ring, rng) for i in range(number)]
    searched = detect(
        [around(ground, pl.concat(acts), home)], drawn, ground.fdr, ground.community, ground.seed, ground.found
    )
    ring_of = dict(home.iter_rows())
    cores = [0] * number
    for group in searched.groups:
        inside = Counter(ring_of[m.id] for m in group.accounts if m.role == "core")
        cores = [max(core, inside[i]) for i, core in enumerate(cores)]
    return cores


def acts_of(ground: Ground, members: pl.Series, ring: Ring, rng: np.random.Generator) -> pl.DataFrame:
    """The planted acts (account, object, time) of one ring."""
    frame, objects = ground.frame, ground.objects
    some = math.ceil(ring.actions / TIMES)
    if rng.random() < 0.5:  # popular ones
        drawn = frame["object"].gather(rng.integers(0, frame.height, 20 * some)).unique(maintain_order=True).head(some)
    else:
        drawn = objects.gather(rng.permutation(len(objects))[:some])
    pushed = drawn.gather(np.arange(ring.actions) % len(drawn))
    starts = frame["time"].gather(rng.integers(0, frame.height, len(pushed))).to_numpy()
    action, member = np.nonzero(rng.random((len(pushed), ring.size)) < ring.turnout)
    window, clock = min(s.window for s in ground.layer.scales) * SECOND, clock_of(frame["time"].to_numpy())
    time = (starts[action] + rng.integers(0, window + 1, len(action))) // clock * clock
    return pl.DataFrame({"account": members.gather(member), "object": pushed.gather(action), "time": time})


def around(ground: Ground, acts: pl.DataFrame, home: pl.DataFrame) -> LayerInput:
    """The layer with rings planted, without what does not bear on pairs of one ring.

    `home` says which account is in which ring. Kept are all acts of the members, and those of everybody on objects
    that two members of a ring share: the expected episodes of their pairs are made of these alone. Approximate is who
    of the others are repeat partners: where they meet on other objects only they count as passers-by here, which
    raises the expectation a little; and posts of others lose their other, rarer objects.
    """
    every = pl.concat([ground.frame, acts.cast({"time": ground.frame["time"].dtype})], how="diagonal")
    own = every.join(home, on="account", maintain_order="left")
    shared = own.group_by("object", "ring").agg(pl.col("account").n_unique()).filter(pl.col("account") > 1)["object"]
    kept = every.filter(
        pl.col("account").is_in(home["account"].implode()) | pl.col("object").is_in(shared.unique().implode())
    )
    return replace(ground.layer, events=kept)


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
    return (middle - reach) / whole if hits else 0.0, (middle + reach) / whole if hits < trials else 1.0
