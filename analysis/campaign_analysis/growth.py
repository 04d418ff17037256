"""Growing: accounts that turn up, again and again, where a core acts in step (docs/method.md, part 6).

Two members of a ring of whom a third turns up each time share one or two of twelve actions: no pair stands out. The
moments of a core that was found are shared by all of its ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numba as nb
import numpy as np
import polars as pl
from scipy import special

from campaign_analysis.arrays import Codes, Floats, Ints, edges
from campaign_analysis.attainable import LEVELS, attained, false_at, raised
from campaign_analysis.background import FEWEST, PRIOR, Background, smoothed
from campaign_analysis.events import SECOND
from campaign_analysis.expecting import attention, find
from campaign_analysis.habits import after_habits, usually, with_moments
from campaign_analysis.interest import activity_of
from campaign_analysis.moments import Moments, moments_of
from campaign_analysis.parallel import SMALL, Share, in_parts, shares, side_by_side
from campaign_analysis.sessions import corrections
from campaign_analysis.talks import threads

MOST_JOIN = 10  # for each account of a core: if more do, its moments are no secret (of planted rings, at most seven do)
ROUNDS = 5  # each adds what the core found in the rounds before can show
GROWN = {
    "account": pl.Int32,
    "core": pl.Int64,  # position of the core
    "scale": pl.Int64,  # position of the background
    "n": pl.Int64,  # cells in which the account acts at a moment of the core
    "expected": pl.Float64,
    "p": pl.Float64,  # corrected for the number of scales
    "lucky": pl.Float64,  # how many chance alone is expected to bring to that p
    "q": pl.Float64,
}
TURNED_UP = {**{k: GROWN[k] for k in ("account", "n", "expected")}, "fold": pl.Float64}  # fold as in expecting.expect


def grow(
    backgrounds: Sequence[Background], cores: Sequence[Codes], eligible: np.ndarray, clock: int, fdr: float
) -> pl.DataFrame:
    """Accounts (codes, as GROWN) that join cores, at a false discovery rate over all that join.

    `cores`: codes of each core's accounts; `eligible`: one boolean an account; `clock`: the data's tick in ms.
    An account is tested against every core at every scale. As p comes in steps, the number of false ones expected is
    counted from what p can be, as that of pairs is (attainable.py). Who joined counts as core in the next round. Where
    so many join that a crowd must have seen the core's moments, nobody does: all is done again without them.
    """
    cores, free = [np.sort(core) for core in cores], eligible.copy()
    free[np.concatenate([*cores, np.empty(0, dtype=np.int32)])] = False
    weighed = list(zip(backgrounds, corrections([b.scale for b in backgrounds]), strict=True))
    places = side_by_side(lambda one: _Place(one[0], clock, eligible, one[1]), weighed) if cores else []
    first = _attendances(places, cores, range(len(cores)))
    seen_by_many = np.zeros(len(cores), dtype=np.bool_)
    while True:
        joined = _grown(places, cores, free, first, ~seen_by_many, fdr)
        many = _many(joined, cores)
        if not many.any():
            return joined
        seen_by_many |= many


def _grown(
    places: Sequence[_Place],
    cores: Sequence[Codes],
    free: np.ndarray,
    first: Attendances,
    growing: np.ndarray,
    fdr: float,
) -> pl.DataFrame:
    """Of accounts that are `free` those that join the cores that are `growing` (one boolean a core), round by round.

    `first`: who turns up at the moments of the cores, of all of them: what is tried counts, though nobody may join.
    """
    inside, free = list(cores), free.copy()
    joined = [pl.DataFrame(schema=GROWN)]
    seen, spent, had = dict(first), 0.0, 0
    for _ in range(ROUNDS):
        best, false = _candidates(seen, free, places, growing)
        before = _listed(best, false, spent, had, fdr)
        new = _with_habits(before, places, inside)
        false = raised(false, _attained(before, places), _attained(new, places))
        new = _listed(new, false, spent, had, fdr)
        if new.is_empty():
            break
        joined.append(new.select(GROWN.keys()))
        spent, had = float(new["lucky"][-1]), had + new.height
        free[new["account"].to_numpy()] = False
        grown = new.partition_by("core", as_dict=True)
        for (core,), part in grown.items():
            inside[core] = np.sort(np.concatenate((inside[core], part["account"].to_numpy())))
        seen |= _attendances(places, inside, [core for (core,) in grown])
    return pl.concat(joined)


def _many(joined: pl.DataFrame, cores: Sequence[Codes]) -> np.ndarray:
    """Which cores more than MOST_JOIN accounts join for each of their own."""
    number = np.bincount(joined["core"].to_numpy(), minlength=len(cores))
    return np.asarray(number > MOST_JOIN * np.array([len(core) for core in cores], dtype=np.int64))


Attendances = dict[tuple[int, int], tuple[pl.DataFrame, Floats]]


def _attendances(places: Sequence[_Place], cores: Sequence[Codes], numbers: Sequence[int]) -> Attendances:
    """By scale and core, for the cores of these numbers: who turns up at their moments, and false ones at LEVELS."""
    tasks = [(scale, number) for number in numbers for scale in range(len(places))]

    def part(share: Share) -> Attendances:
        return {(scale, number): places[scale].attendance(cores[number]) for scale, number in tasks[slice(*share)]}

    found: Attendances = {}
    for some in in_parts(part, shares(np.full(len(tasks), SMALL))):
        found |= some
    return found


def _candidates(
    seen: Attendances, free: np.ndarray, places: Sequence[_Place], growing: np.ndarray
) -> tuple[pl.DataFrame, Floats]:
    """Each free account at its best core of those that are growing, and at its best scale, smallest p first; and the
    number of false ones at LEVELS, over all cores.
    """
    false = np.zeros(len(LEVELS))
    rows = [pl.DataFrame(schema={**TURNED_UP, "core": GROWN["core"], "scale": GROWN["scale"]})]
    for (scale, core), (attendance, chance) in sorted(seen.items(), key=lambda one: one[0]):
        false += chance
        if not growing[core]:
            continue
        of = {"core": pl.lit(core, pl.Int64), "scale": pl.lit(scale, pl.Int64)}
        rows.append(attendance.filter(free[attendance["account"].to_numpy()]).with_columns(**of))
    every = pl.concat(rows)
    p = special.gammainc(every["n"].cast(pl.Float64).to_numpy(), every["expected"].to_numpy())
    p = np.minimum(p * np.array([place.times for place in places])[every["scale"].to_numpy()], 1.0)
    best = every.with_columns(p=pl.Series(p, dtype=pl.Float64)).sort("p", "account", "core", "scale")
    return best.unique("account", keep="first", maintain_order=True), false


def _listed(best: pl.DataFrame, false: Floats, spent: float, had: int, fdr: float) -> pl.DataFrame:
    """Those of q <= fdr, of candidates by ascending p, after `had` others of whom `spent` are expected to be false."""
    expected = spent + false_at(false, best["p"].to_numpy())
    q = np.minimum.accumulate((expected / (had + 1 + np.arange(best.height)))[::-1])[::-1]
    numbers = {"lucky": pl.Series(expected, dtype=pl.Float64), "q": pl.Series(q, dtype=pl.Float64)}
    return best.with_columns(**numbers).filter(pl.col("q") <= fdr)


def _with_habits(new: pl.DataFrame, places: Sequence[_Place], inside: Sequence[Codes]) -> pl.DataFrame:
    """The same with a larger p, and more expected, where an account's habits or talk explain more of what it shares."""
    parts = [new.clear()]
    for (scale, core), part in new.partition_by("scale", "core", as_dict=True, maintain_order=True).items():
        n = part["n"].cast(pl.Float64).to_numpy()
        place, accounts = places[scale], part["account"].to_numpy()
        habits, talk = place.by_habit(inside[core], accounts), place.by_talk(inside[core], accounts)
        explained, at_once = (values / part["fold"].to_numpy() for values in habits)
        habits = explained, np.maximum(at_once, 1.0)
        expected, p = after_habits(habits, talk, n, part["expected"].to_numpy(), part["p"].to_numpy() / place.times)
        p = np.minimum(p * place.times, 1.0)
        parts.append(part.with_columns(p=pl.Series(p), expected=pl.Series(expected)))
    return pl.concat(parts).sort("p", "account")


def _attained(rows: pl.DataFrame, places: Sequence[_Place]) -> Floats:
    """What these candidates bring to the number of false ones at LEVELS, each at its scale."""
    of_scales = rows.partition_by("scale", as_dict=True).items()
    return sum((attained(of["expected"].to_numpy(), places[s].times) for (s,), of in of_scales), np.zeros(len(LEVELS)))


@dataclass
class _Users:
    """Who acted on an object: accounts, their events d there, and the sum of A K' over their blocks; of each of these
    events in `of_several`, whose posts have several objects, whose it is (a position) and the post.
    """

    account: Codes
    events: Floats
    total: Floats
    of_several: tuple[Ints, Codes]


class _Place:
    """One scale, whose p are multiplied by `times`, with what is looked up again for several cores."""

    def __init__(self, background: Background, clock: int, eligible: np.ndarray, times: float = 1.0) -> None:
        self.b = background
        self.times = times
        self.clock = clock
        self.eligible = eligible
        self._activity = activity_of(background.sessions)
        self._users: dict[int, _Users] = {}

    def attendance(self, core: Codes) -> tuple[pl.DataFrame, Floats]:
        """Who of the eligible outside a core turns up at its moments in two cells or more (account, n cells, expected
        by chance); and how many would by chance at LEVELS, of all that could turn up.

        A moment is a time within the window of acts of two accounts of the core on one object; a post that turns up at
        several at once counts for its rarest object. Expected: the sum over the moments' cells of 1 - exp(-E m).
        E = d A K' / sum(A K') is what brings the account to the object in the block at all, with K' from the events
        outside the moments, by nobody of the core; a post that has several of the objects is expected on that alone on
        which most is. m is the chance that an act in the block falls into a moment: the
        moments' share of the block; or the share of the passers-by's acts; or of everybody's but the core's, smoothed
        like the block's own curve; or the session's other moments' chance for each moment: the largest of the four.
        """
        s = self.b.sessions
        moments = moments_of(s, core, self.b.scale, self.clock)
        if not len(moments.cell):
            return pl.DataFrame(schema=TURNED_UP), np.zeros(len(LEVELS))
        at, of_cell = moments.events()
        outside = ~np.isin(s.account[at], core)
        at, of_cell = at[outside], of_cell[outside]
        inside = moments.covers(at, of_cell)
        acts = _counted(moments, at, inside)
        met = self._cells(moments, at[acts], of_cell[acts])
        expected, fold = self._expect(moments, *self._there(moments, at, of_cell, inside))
        could = self.eligible.copy()
        could[core] = False
        account = np.flatnonzero(could & (met >= FEWEST)).astype(np.int32)
        columns = {"account": account, "n": met[account], "expected": expected[account], "fold": fold[account]}
        return pl.DataFrame(columns, schema=TURNED_UP), attained(expected[could], self.times)

    def by_habit(self, core: Codes, accounts: Codes) -> tuple[Floats, Floats]:
        """Cells that habits of these accounts would share with a core, and how many come at once (habits.py)."""
        moments = moments_of(self.b.sessions, core, self.b.scale, self.clock)
        obj = self.b.sessions.cell_object[moments.cells[moments.cell]]
        return with_moments(self.b, self._usual, accounts, obj, (moments.start + moments.end) // 2)

    def by_talk(self, core: Codes, accounts: Codes) -> Ints:
        """Of the cells in which these accounts turned up at moments of a core those in a thread with it (talks.py)."""
        s = self.b.sessions
        thread = threads(s, np.union1d(accounts, core))
        if thread is None:
            return np.zeros(len(accounts), dtype=np.int64)
        moments = moments_of(s, core, self.b.scale, self.clock)
        at, of_cell = moments.events()
        with_core = np.unique(thread[at[np.isin(s.account[at], core)]])
        own = np.isin(s.account[at], accounts)
        at, of_cell = at[own], of_cell[own]
        acts = _counted(moments, at, moments.covers(at, of_cell))
        acts = acts[(thread[at[acts]] >= 0) & np.isin(thread[at[acts]], with_core)]
        return self._cells(moments, at[acts], of_cell[acts])[accounts]

    def _cells(self, moments: Moments, at: Ints, of_cell: Ints) -> Ints:
        """For each account the different cells of these events of its own."""
        cells = len(moments.cells)
        hits = np.unique(self.b.sessions.account[at].astype(np.int64) * cells + of_cell) // cells
        return np.bincount(hits, minlength=len(self.eligible))

    @cached_property
    def _usual(self) -> float:
        return usually(self.b)

    def _there(self, moments: Moments, at: Ints, of_cell: Ints, inside: np.ndarray) -> tuple[Floats, Floats]:
        """K' outside the moments and m, for each cell; `at`: the events there of everybody but the core."""
        b, cells = self.b, len(moments.cells)

        passing = b.passing[at]

        def total(weights: np.ndarray) -> Floats:
            return np.asarray(np.bincount(of_cell, weights=weights, minlength=cells), dtype=np.float64)

        share = moments.share
        every = total(np.ones(len(at)))
        by_passers = (total(passing * inside) + PRIOR * share) / (total(passing) + PRIOR)
        wide = moments.wider((smoothed(b.scale) - b.scale.window) * SECOND // 2)
        curve = (total(wide.covers(at, of_cell)) * share / wide.share + PRIOR * share) / (every + PRIOR)
        elsewhere = np.bincount(moments.cell, minlength=cells) * b.elsewhere[moments.cells]
        away = total(~inside) / np.maximum(1 - share, 0.5)
        chance = np.max([share, by_passers, curve, elsewhere], axis=0)
        return np.maximum(1 + away, b.session[moments.cells]), np.minimum(chance, 1.0)

    def _expect(self, moments: Moments, profile: Floats, chance: Floats) -> tuple[Floats, Floats]:
        """The cells that each account is expected in, and how much more if no post had several objects."""
        s, a = self.b.sessions, self._activity
        objects = s.cell_object[moments.cells]
        every = np.unique(objects).tolist()
        users = [self._users_of(obj) for obj in every]
        heres = [np.flatnonzero(objects == obj) for obj in every]

        def expected(at: int, events: Floats) -> Floats:
            out, here, of = np.zeros(len(events)), heres[at], users[at]
            cells = moments.cells[here]
            expect_attendance(
                of.account, events, of.total, a.start, a.block, a.activity,
                s.cell_block[cells], profile[here], self.b.session[cells], chance[here], out,
            )  # fmt: skip
            return out

        def sums(on_objects: Sequence[Floats]) -> Floats:
            return np.asarray(
                np.bincount(
                    np.concatenate([of.account for of in users]), np.concatenate(on_objects), len(self.eligible)
                ),
                dtype=np.float64,
            )

        apart = [expected(at, of.events) for at, of in enumerate(users)]
        counts = _once_a_post(users, [x / of.events for x, of in zip(apart, users, strict=True)])
        if not counts:
            return sums(apart), np.ones(len(self.eligible))
        once = sums([expected(at, counts[at]) if at in counts else x for at, x in enumerate(apart)])
        return once, np.maximum(1.0, sums(apart) / np.maximum(once, 1e-300))

    def _users_of(self, obj: int) -> _Users:
        if obj not in self._users:
            s, a = self.b.sessions, self._activity
            first, last = s.cell_start[s.object_start[obj : obj + 2]]
            account, whose, events = np.unique(s.account[first:last], return_inverse=True, return_counts=True)
            several = np.flatnonzero(s.posts.once[s.event[first:last]] < 1)
            _, total = totals = np.zeros((2, len(account)))
            rows, row_start = np.arange(len(account), dtype=np.int32), np.zeros(len(s.object_start), dtype=np.int64)
            row_start[obj + 1 :] = len(account)
            attention(
                obj, obj + 1, rows, row_start, account, a.start, a.block, a.activity,
                s.object_start, s.cell_block, self.b.profile, self.b.session, s.n_blocks, *totals,
            )  # fmt: skip
            of_several = whose[several], s.events.post[s.event[first:last][several]]
            self._users[obj] = _Users(account, events.astype(np.float64), total, of_several)
        return self._users[obj]


def _once_a_post(users: Sequence[_Users], each: Sequence[Floats]) -> dict[int, Floats]:
    """The events of an object's users where a post counts for one object alone, that on which most is expected of an
    event (`each`, of each user): by the object's position, for those of which there are fewer by it.
    """
    place = np.concatenate([of.of_several[0] for of in users])
    post = np.concatenate([of.of_several[1] for of in users])
    at = np.repeat(np.arange(len(users)), [len(of.of_several[1]) for of in users])
    worth = np.concatenate([worth[of.of_several[0]] for worth, of in zip(each, users, strict=True)])
    order = np.lexsort((at, -worth, post))
    again = order[~edges(post[order])]  # all but the first of each post
    counts = {i: users[i].events.copy() for i in np.unique(at[again]).tolist()}
    for i, events in counts.items():
        np.subtract.at(events, place[again[at[again] == i]], 1.0)
    return counts


def _counted(moments: Moments, at: Ints, inside: np.ndarray) -> Ints:
    """Of events (positions) those inside moments, a post counting once: positions in `at`."""
    acts = np.flatnonzero(inside)
    return acts[moments.once_a_post(at[acts])]


@nb.njit(cache=True, nogil=True)
def expect_attendance(
    account: Codes,
    events: Floats,
    total: Floats,
    block_start: Ints,
    block: Codes,
    activity: Floats,
    cell_block: Codes,
    profile: Floats,
    with_moments: Floats,
    chance: Floats,
    out: Floats,
) -> None:
    """Add to `out`, user by user, the expected number of an object's cells in which a user of it acts at a moment."""
    there = np.empty(len(cell_block))
    for i in range(len(account)):
        u = account[i]
        present = 0.0
        rest = total[i]
        for c in range(len(cell_block)):
            k = find(cell_block[c], block, block_start[u], block_start[u + 1])
            there[c] = activity[k] if k >= 0 else 0.0
            present += there[c]
            rest += there[c] * (profile[c] - with_moments[c])
        if present == 0.0:
            continue
        for c in range(len(cell_block)):
            if there[c] > 0.0:
                out[i] += 1.0 - np.exp(-events[i] * there[c] * profile[c] / max(rest, 1e-9) * chance[c])
