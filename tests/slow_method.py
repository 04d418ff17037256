"""The method once more, slowly: the steps of its text in plain Python, for tests that compare the kernels with it."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations

import polars as pl

PRIOR, LEAST_WEIGHT, COMPANY, SMOOTH, SMOOTH_SHARE = 10.0, 0.05, 0.25, 5, 1 / 3
SESSION = 3600
MOST_KINDS, FEW_OBJECTS = 32, 5
START = 1_600_000_200  # no multiple of a block
NOON = 1_599_998_400  # a multiple of 240, 600 and 1800 s


@dataclass(frozen=True)
class Act:
    """One event: who, on what, when (seconds since 1970)."""

    who: str
    what: str
    when: float


# One tag, two blocks of half an hour. u and v meet in both; x meets them once; w meets nobody.
BY_HAND = [
    Act(who, "tag", NOON + 7 + when)  # no whole minutes: on a clock of seconds
    for who, when in (("u", 0), ("v", 30), ("w", 1000), ("u", 1800), ("v", 1860), ("x", 1840))
]
K0, K0_WIDE = 214_140 / 1800**2, 1_801_200 / 1800**2  # of 60 and of 600 seconds

Cell = tuple[str, int]
Pair = tuple[str, str]


def random_acts(
    seed: int, accounts: int = 9, objects: int = 4, posts: int = 110, hours: float = 3, tick: float = 1
) -> list[Act]:
    """A small log without any plan: posts in a few bursts, with one to three objects each, on a clock of `tick` s."""
    rng = random.Random(seed)
    bursts = [rng.uniform(0, hours * 3600) for _ in range(5)]
    acts = []
    for _ in range(posts):
        near = rng.choice(bursts) + rng.expovariate(1 / 120) if rng.random() < 0.7 else rng.uniform(0, hours * 3600)
        when = START + near // tick * tick
        who = f"a{min(int(rng.expovariate(0.3)), accounts - 1)}"
        acts += [Act(who, f"o{what}", when) for what in rng.sample(range(objects), rng.choice((1, 1, 2, 3)))]
    return acts


def frame_of(acts: list[Act]) -> pl.DataFrame:
    """The acts as the frame that the analysis takes."""
    return pl.DataFrame(
        {
            "account": [a.who for a in acts],
            "object": [a.what for a in acts],
            "time": [round(a.when * 1000) for a in acts],
        },
        schema={"account": pl.String, "object": pl.String, "time": pl.Int64},
    )


@cache
def uniform_chance(window: float, block: float, tick: float) -> float:
    """kappa_0 by counting: the share of all pairs of ticks of a block that are within the window, lag by lag."""
    ticks = round(block / tick)
    near = sum(ticks - abs(lag) for lag in range(1 - ticks, ticks) if abs(lag) * tick <= window)
    return near / ticks**2


class Slow:
    """One scale of a log: everything that the method defines, computed from its words. Times are in seconds."""

    def __init__(self, acts: list[Act], window: float, block: float, tick: float, one_object: bool = False) -> None:
        self.window, self.block, self.tick = window, block, tick
        every = sorted(set(acts), key=lambda a: (a.what, a.when, a.who))
        counts = Counter(a.what for a in every)
        self._rarity = {what: place for place, what in enumerate(sorted(counts, key=lambda w: (counts[w], w)))}
        self._one_object = one_object
        self._objects: dict[tuple[str, float], set[str]] = defaultdict(set)
        for a in every:
            self._objects[a.who, a.when].add(a.what)
        self.acts = self._collapsed(every)
        self.in_cell: dict[Cell, list[Act]] = defaultdict(list)
        for a in self.acts:
            self.in_cell[self.cell(a)].append(a)
        self.met = {a: [b for b in self.in_cell[self.cell(a)] if self.co_act(a, b)] for a in self.acts}
        self.episodes: dict[Pair, set[Cell]] = defaultdict(set)
        for a, others in self.met.items():
            for b in others:
                self.episodes[self.pair(a, b)].add(self.cell(a))
        self.repeat = {pair for pair, cells in self.episodes.items() if len(cells) >= 2}
        self.c = {a: len(others) for a, others in self.met.items()}
        self.r = {a: sum(self.pair(a, b) in self.repeat for b in others) for a, others in self.met.items()}
        self.profile = {cell: 1 + sum(self._weight(a) for a in inside) for cell, inside in self.in_cell.items()}
        elsewhere = {cell: self._elsewhere(cell) for cell in self.in_cell}
        self.session = {cell: profile for cell, (_, profile) in elsewhere.items()}
        self.kappa = {cell: self._chances(inside, elsewhere[cell][0]) for cell, inside in self.in_cell.items()}
        self.activity = Counter((a.who, self.cell(a)[1]) for a in self.acts)
        self.on = Counter((a.who, a.what) for a in self.acts)
        self._on_object: dict[tuple[str, str, str, bool, float], float] = {}
        self.blocks: dict[str, set[int]] = defaultdict(set)
        for who, block in self.activity:
            self.blocks[who].add(block)
        self._totals: dict[tuple[str, str, bool], float] = {}

    @property
    def uniform(self) -> float:
        return uniform_chance(self.window, self.block, self.tick)

    def cell(self, a: Act) -> Cell:
        return a.what, int(a.when // self.block)

    @staticmethod
    def pair(a: Act, b: Act) -> Pair:
        return (a.who, b.who) if a.who < b.who else (b.who, a.who)

    def _collapsed(self, acts: list[Act]) -> list[Act]:
        """A run of one account's acts on one object within the window, cut at block edges, is its first act."""
        runs: dict[tuple[str, Cell], list[Act]] = defaultdict(list)
        for a in sorted(acts, key=lambda a: a.when):
            run = runs[a.who, self.cell(a)]
            if not run or a.when - run[-1].when > self.window:
                run.append(a)
        return [a for run in runs.values() for a in run]

    def co_act(self, a: Act, b: Act) -> bool:
        """Within the window, in one cell, and no rarer object is shared by the two posts."""
        if a.who == b.who or self.cell(a) != self.cell(b) or abs(a.when - b.when) > self.window:
            return False
        if self._one_object:
            return True
        shared = self._objects[a.who, a.when] & self._objects[b.who, b.when]
        return a.what == min(shared, key=self._rarity.__getitem__)

    def once_a_post(self, pair: Pair) -> int:
        """Its episodes where a post counts in one of them: cell after cell the closest two that did not count yet."""
        used, n = set(), 0
        for cell in sorted(self.episodes[pair]):
            mine, others = ([a for a in self.in_cell[cell] if a.who == who] for who in pair)
            both = [(abs(a.when - b.when), a.when, b.when) for a in mine for b in others if self.co_act(a, b)]
            posts = [({(pair[0], a, at), (pair[1], b, at)}) for _, a, b in sorted(both) for at in [self._post(cell)]]
            if free := next((post for post in posts if not post & used), None):
                used |= free
                n += 1
        return n

    def _post(self, cell: Cell) -> Cell | None:
        """What tells posts of one account and time apart: where a post has one object, every act is one."""
        return cell if self._one_object else None

    def _weight(self, a: Act) -> float:
        return max(LEAST_WEIGHT, 1 - self.r[a] / self.c[a]) if self.c[a] else 1.0

    def _passing(self, a: Act) -> float:
        mine = [b for b in self.in_cell[self.cell(a)] if b.who == a.who]
        met = sum(self.c[b] for b in mine)
        return max(0.0, 1 - sum(self.r[b] for b in mine) / met / COMPANY) if met else 1.0

    def _chances(self, inside: list[Act], elsewhere: float) -> tuple[float, float]:
        """kappa of *together* and of *in step* in the cell of these events."""
        own = Counter(a.who for a in inside)
        met = sum(self._passing(a) * (self.c[a] - self.r[a]) for a in inside)
        strangers = sum(self._passing(a) * (len(inside) - own[a.who] - self.r[a]) for a in inside)
        every = len(inside) ** 2 - sum(d * d for d in own.values())
        wide = min(max(SMOOTH * self.window, round(SMOOTH_SHARE * self.block)), self.block)
        # Here posts that share two objects are counted on both: more background, the safe side.
        near = sum(a.who != b.who and abs(a.when - b.when) <= wide for a in inside for b in inside)
        prior = PRIOR * self.uniform
        passers_by = min((met + prior) / (strangers + PRIOR), 1.0)
        all_met, repeats = (sum(of[a] for a in inside) for of in (self.c, self.r))
        together = min(passers_by, (all_met - repeats + prior) / (every - repeats + PRIOR))
        curve = (near * self.uniform / uniform_chance(wide, self.block, self.tick) + prior) / (every + PRIOR)
        return together, min(max(passers_by, curve, elsewhere), 1.0)

    def _elsewhere(self, cell: Cell) -> tuple[float, float]:
        """kappa and K' by what lies outside the moment, in the cell and in the others of the hour around it."""
        inside, blocks = self.in_cell[cell], SESSION // self.block
        others = [
            acts
            for (what, block), acts in self.in_cell.items()
            if what == cell[0] and 0 < abs(block - cell[1]) <= blocks
        ]
        met, pairs, events = 0.0, 0.0, [float(len(inside))]
        if all_met := sum(self.c[a] for a in inside):
            away = {a: [b for b in inside if abs(b.when - a.when) > 2 * self.window] for a in inside}
            share = {a: self.c[a] / all_met for a in inside}
            met = sum(share[a] * sum(self.c[b] for b in away[a]) for a in inside)
            pairs = sum(share[a] * len(away[a]) * max(len(away[a]) - 1, 0) for a in inside)
            events = [sum(share[a] * len(away[a]) for a in inside)]
        met += sum(self.c[a] for acts in others for a in acts)
        pairs += sum(len(acts) * (len(acts) - 1) for acts in others)
        if others:
            events.append(sum(len(acts) for acts in others) / len(others))
        return min((met + PRIOR * self.uniform) / (pairs + PRIOR), 1.0), 1 + max(events)

    def attention(self, who: str, what: str, block: int, in_step: bool = False) -> float:
        """E: how often an account is expected on an object in a block."""
        profile = self.session if in_step else self.profile
        if (who, what, in_step) not in self._totals:
            total = sum(self.activity[who, b] * profile.get((what, b), 1.0) for b in self.blocks[who])
            self._totals[who, what, in_step] = total
        mine = self.activity[who, block] * profile.get((what, block), 1.0)
        return self.on[who, what] * mine / self._totals[who, what, in_step]

    def expected(self, u: str, v: str) -> tuple[float, float]:
        """Episodes expected under *together* and *in step*: two posts that share several objects are one chance."""
        shares = [(what, *(self.share(u, v, what, claim) for claim in (False, True))) for what in self.both(u, v)]
        together = sum(self.on_object(u, v, what, False, share) for what, share, _ in shares)
        if all(share == 1 for _, share, _ in shares):
            return together, max(together, sum(self.on_object(u, v, what, True, share) for what, _, share in shares))
        in_step = 0.0
        for block in self.blocks[u] & self.blocks[v]:
            posts = (sum(when // self.block == block for when in self._posts[who]) for who in (u, v))
            in_step += min(sum(self.in_block(u, v, what, block, True, share) for what, _, share in shares), *posts)
        return together, max(together, in_step)

    def fold(self, u: str, v: str) -> float:
        """How much more is expected *together* if each object counts for itself."""
        every = sum(self.on_object(u, v, what, False) for what in self.both(u, v))
        return max(1.0, every / self.expected(u, v)[0]) if every else 1.0

    def both(self, u: str, v: str) -> list[str]:
        """The objects that two accounts share."""
        return sorted({what for who, what in self.on if who == u} & {what for who, what in self.on if who == v})

    def share(self, u: str, v: str, what: str, in_step: bool) -> float:
        """The share of the two's pairs of posts with an object that share no other on which two posts expect more."""
        worth = {o: (-self._two(u, v, o, in_step), o) for o in self.both(u, v)}
        before = {o for o in worth if worth[o] < worth[what]}
        both = set(self.both(u, v))
        mine, others = ([post & both for post in self._posts[who].values() if post & both] for who in (u, v))
        if max(len({frozenset(post) for post in posts}) for posts in (mine, others)) > MOST_KINDS:
            looked_at = set(sorted(both, key=lambda o: (-self._two(u, v, o, False), o))[:FEW_OBJECTS])
            if what not in looked_at:
                return 1.0
            mine, others = ([post & looked_at for post in posts] for posts in (mine, others))
        count = sum(what in m & o and not m & o & before for m in mine for o in others)
        return count / (self.on[u, what] * self.on[v, what])

    def _two(self, u: str, v: str, what: str, in_step: bool) -> float:
        """What is expected of two posts with an object, mean."""
        return self.on_object(u, v, what, in_step) / (self.on[u, what] * self.on[v, what])

    @cached_property
    def _posts(self) -> dict[str, dict[float, set[str]]]:
        """The objects of each account's posts."""
        posts: dict[str, dict[float, set[str]]] = defaultdict(lambda: defaultdict(set))
        for place, a in enumerate(self.acts):
            posts[a.who][place if self._one_object else a.when].add(a.what)
        return posts

    def on_object(self, u: str, v: str, what: str, in_step: bool, share: float = 1.0) -> float:
        """Episodes expected on one object, by a share of the pairs of posts; without events of it by their bound."""
        key = u, v, what, in_step, share
        if key not in self._on_object:
            self._on_object[key] = self._expected_on(*key)
        return self._on_object[key]

    def _expected_on(self, u: str, v: str, what: str, in_step: bool, share: float) -> float:
        shared = self.blocks[u] & self.blocks[v]
        return sum(self.in_block(u, v, what, block, in_step, share) for block in shared)

    def in_block(self, u: str, v: str, what: str, block: int, in_step: bool, share: float) -> float:
        """Episodes expected on one object in a block."""
        both = share * self.attention(u, what, block, in_step) * self.attention(v, what, block, in_step)
        if (what, block) not in self.in_cell:
            return both * self.uniform
        return 1 - math.exp(-both * self.kappa[what, block][in_step])


def row_pairs(acts: list[Act], window: float) -> int:
    """Pairs of rows of different accounts on one object within the window: nothing collapsed, no blocks."""
    return sum(
        a.what == b.what and a.who != b.who and abs(a.when - b.when) <= window for a, b in combinations(set(acts), 2)
    )
