"""What would have been found: rings of known size and turn-out, planted into the user's own data."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl

from campaign_analysis.communities import Community
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.events import SECOND, with_rows
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import Group, Planted

SIZES = (5, 10, 30)
ACTIONS = (4, 8, 12)
TURNOUTS = (0.35, 0.5, 0.7, 0.9)
CORE = 3  # accounts of a ring in the core of a campaign for the campaign to be of the ring, and the ring to be found
TIMES = 4  # a ring comes back to each object so often
AT_ONCE = 40  # rings that are planted at once at most: more would lift each other over the threshold
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
    """The data that rings are planted in: its acts in order, what there is to push, and who can be borrowed."""

    layer: LayerInput
    frame: pl.DataFrame
    objects: pl.Series
    borrowed: pl.Series


Outcome = tuple[Ring, pl.DataFrame, int]  # a ring that was planted, its acts, its accounts in cores of its campaigns


def detectability(layer: LayerInput, planted: Iterable[Outcome]) -> tuple[Planted, ...]:
    """For each kind of ring that was planted into a layer, how many would be found, by this layer alone."""
    cores: dict[Ring, list[int]] = {}
    for ring, _, core in planted:
        cores.setdefault(ring, []).append(core)
    return tuple(_row(layer, ring, found) for ring, found in cores.items())


def outcomes(
    layer: LayerInput,
    chosen: pl.Series | None,
    found: Found,
    kinds: Sequence[Ring],
    each: int,
    fdr: float,
    community: Community,
    seed: int,
    say: Say = silent,
) -> Iterator[Outcome]:
    """Plant `each` rings of each kind, and search for them.

    A ring borrows accounts of the data (of the `chosen`, where there are any; none of a group that was `found`), with
    all that they post anyway. It comes back to each of its objects four times, in turn; half of the rings draw them as
    often as they are used, half from all objects alike. The time of an action is that of a post of the data, so that
    busy hours have more. Who turns up acts within the layer's shortest window. The search is the run's own, with few
    rings of all kinds planted at once. Kinds for which the data have too few accounts or objects are left out.
    """
    ground = ground_of(layer, chosen, found)
    accounts, objects = len(ground.borrowed), len(ground.objects)
    fit = [k for k in kinds if k.size <= accounts and k.actions <= TIMES * objects]
    batches = _batches(ground.frame.height, accounts, fit, each)
    for number, rings in enumerate(batches):
        say(f"planting rings, search {number + 1} of {len(batches)}")
        rng = np.random.default_rng([seed, number])
        home = _members(ground.borrowed, rings, rng)
        acts = [acts_of(ground, home.filter(ring=i)["account"], ring, rng) for i, ring in enumerate(rings)]
        groups = detect([_planted(ground, pl.concat(acts))], chosen, fdr, community, seed).groups
        yield from zip(rings, acts, cores_of(groups, home, len(rings)), strict=True)


def _planted(ground: Ground, acts: pl.DataFrame) -> LayerInput:
    """The layer with these acts as well. They add no account and no object: what is encoded stays so."""
    layer, known = ground.layer, ground.layer.acts
    account, obj = (
        np.concatenate((have, names.search_sorted(acts[column]).to_numpy().astype(np.int32)))
        for have, names, column in ((known.account, known.accounts, "account"), (known.object, known.objects, "object"))
    )
    time = np.concatenate((known.time, acts["time"].to_numpy()))
    frame = pl.concat([ground.frame, acts], how="diagonal_relaxed")
    return layer.holding(frame, with_rows(known, account, obj, time, layer.one_object))


def ground_of(layer: LayerInput, chosen: pl.Series | None, found: Found) -> Ground:
    """Where rings are planted."""
    frame = layer.events.drop_nulls(["account", "object", "time"]).sort("time", "account", "object")
    borrowed = layer.acts.accounts
    if chosen is not None:
        borrowed = borrowed.filter(borrowed.is_in(chosen.implode()))
    taken = pl.Series([m.id for g in found.groups for m in g.accounts], dtype=pl.String)
    return Ground(layer, frame, layer.acts.objects, borrowed.filter(~borrowed.is_in(taken.implode())))


def searches(acts: int, kinds: Sequence[Ring], each: int) -> int:
    """How many searches it takes about, in a layer of so many acts."""
    return len(_batches(acts, acts, kinds, each))


def _batches(acts: int, accounts: int, kinds: Sequence[Ring], each: int) -> list[list[Ring]]:
    """What is planted at once: rings of all kinds, few beside what is there, each with accounts of its own."""
    batches: list[list[Ring]] = []
    room = members = 0.0
    for ring in [kind for _ in range(each) for kind in kinds]:
        room -= ring.size * ring.actions * ring.turnout
        members -= ring.size
        if room < 0 or members < 0 or len(batches[-1]) == AT_ONCE:
            batches.append([])
            room, members = MORE * acts - ring.size * ring.actions * ring.turnout, accounts - ring.size
        batches[-1].append(ring)
    return batches


def _members(borrowed: pl.Series, rings: Sequence[Ring], rng: np.random.Generator) -> pl.DataFrame:
    """Accounts for each ring (account, ring: its position)."""
    ring = np.repeat(np.arange(len(rings)), [r.size for r in rings])
    return pl.DataFrame({"account": borrowed.gather(rng.permutation(len(borrowed))[: len(ring)]), "ring": ring})


def cores_of(groups: Sequence[Group], home: pl.DataFrame, rings: int) -> list[int]:
    """How many members (account, ring: its position) of each ring are in cores that hold three of them or more.

    A ring can be found in two parts, each a campaign of its own: the accounts of both are found.
    """
    ring_of = dict(home.iter_rows())
    cores = [0] * rings
    for group in groups:
        inside = Counter(ring_of.get(m.id) for m in group.accounts if m.role == "core")
        cores = [core + inside[i] * (inside[i] >= CORE) for i, core in enumerate(cores)]
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
    window = at_once(ground.layer) * SECOND
    clock = ground.layer.acts.clock
    time = (starts[action] + rng.integers(0, window + 1, len(action))) // clock * clock
    return pl.DataFrame({"account": members.gather(member), "object": pushed.gather(action), "time": time})


def at_once(layer: LayerInput) -> int:
    """Seconds within which those of a ring who turn up act: the shortest window of the layer."""
    return min(s.window for s in layer.scales)


def _row(layer: LayerInput, ring: Ring, cores: Sequence[int]) -> Planted:
    found = sum(core >= CORE for core in cores)
    low, high = wilson(found, len(cores))
    members = sum(cores) / (ring.size * len(cores))
    kind = (layer.name, ring.size, ring.actions, ring.turnout)
    return Planted(*kind, len(cores), found, members, low, high, at_once(layer))


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    z, share = 1.959964, hits / trials
    middle = share + z**2 / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    whole = 1 + z**2 / trials
    return (middle - reach) / whole if hits else 0.0, (middle + reach) / whole if hits < trials else 1.0
