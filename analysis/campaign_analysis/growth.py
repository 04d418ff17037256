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

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.attainable import FEWEST, attained, false_at
from campaign_analysis.background import PRIOR, Background, smoothed
from campaign_analysis.events import SECOND
from campaign_analysis.moments import Moments, moments_of
from campaign_analysis.significance import Activity, activity_of, attention, find

ROUNDS = 5  # each adds what the core found in the rounds before can show
GROWN = {
    "account": pl.Int32,
    "core": pl.Int64,  # position of the core
    "scale": pl.Int64,  # position of the background
    "n": pl.Int64,  # cells in which the account acts at a moment of the core
    "expected": pl.Float64,
    "p": pl.Float64,  # of one scale
    "lucky": pl.Float64,  # how many chance alone is expected to bring to that p
    "q": pl.Float64,
}


def grow(
    backgrounds: Sequence[Background], cores: Sequence[Codes], eligible: np.ndarray, clock: int, fdr: float
) -> pl.DataFrame:
    """Accounts (codes, as GROWN) that join cores, at a false discovery rate over all that join.

    `cores`: codes of each core's accounts; `eligible`: one boolean an account; `clock`: the data's tick in ms.
    An account is tested against every core at every scale. As p comes in steps, the number of false ones expected is
    counted from what p can be, as that of pairs is (attainable.py). Who joined counts as core in the next round.
    """
    places = [_Place(b, clock) for b in backgrounds] if cores else []
    inside = [np.sort(core) for core in cores]
    joined = [pl.DataFrame(schema=GROWN)]
    free = eligible.copy()
    free[np.concatenate([*inside, np.empty(0, dtype=np.int32)])] = False
    spent, had = 0.0, 0
    for _ in range(ROUNDS):
        best, false = _candidates(places, inside, free)
        expected = spent + false_at(false, best["p"].to_numpy())
        q = np.minimum.accumulate((expected / (had + 1 + np.arange(best.height)))[::-1])[::-1]
        numbers = {"lucky": pl.Series(expected, dtype=pl.Float64), "q": pl.Series(q, dtype=pl.Float64)}
        new = best.with_columns(**numbers).filter(pl.col("q") <= fdr)
        if new.is_empty():
            break
        joined.append(new.select(GROWN.keys()))
        spent, had = float(expected[new.height - 1]), had + new.height
        free[new["account"].to_numpy()] = False
        for (core,), part in new.partition_by("core", as_dict=True).items():
            inside[core] = np.sort(np.concatenate((inside[core], part["account"].to_numpy())))
    return pl.concat(joined)


def _candidates(places: Sequence[_Place], cores: Sequence[Codes], free: np.ndarray) -> tuple[pl.DataFrame, Floats]:
    """Each free account at its best core and scale, smallest p first; and the number of false ones at LEVELS."""
    rows, every_expected = [], [np.empty(0)]
    for scale, place in enumerate(places):
        for number, core in enumerate(cores):
            account, n, expected = place.attendance(core, free)
            every_expected.append(expected)
            met = n >= FEWEST
            found = {"account": account[met], "n": n[met], "expected": expected[met]}
            rows.append(pl.DataFrame(found).with_columns(core=pl.lit(number, pl.Int64), scale=pl.lit(scale, pl.Int64)))
    empty = pl.DataFrame(schema={k: v for k, v in GROWN.items() if k not in ("p", "lucky", "q")})
    every = pl.concat([empty, *(r.select(empty.columns).cast(empty.schema) for r in rows)])
    p = special.gammainc(every["n"].cast(pl.Float64).to_numpy(), every["expected"].to_numpy())
    best = every.with_columns(p=pl.Series(p, dtype=pl.Float64)).sort("p", "account", "core", "scale")
    return best.unique("account", keep="first", maintain_order=True), attained(np.concatenate(every_expected))


@dataclass
class _Users:
    """Who acted on an object: accounts, their events d there, and the sum of A K' over their blocks."""

    account: Codes
    events: Floats
    total: Floats


class _Place:
    """One scale, with what is looked up again for several cores."""

    def __init__(self, background: Background, clock: int) -> None:
        self.b = background
        self.clock = clock
        self._users: dict[int, _Users] = {}

    @cached_property
    def _activity(self) -> Activity:
        return activity_of(self.b.sessions)

    def attendance(self, core: Codes, free: np.ndarray) -> tuple[Codes, Ints, Floats]:
        """For each free account that could turn up at the core's moments: in how many cells it does, and how many
        chance explains.

        A moment is a time within the window of acts of two accounts of the core on one object; a post that turns up at
        several at once counts for its rarest object. Expected: the sum over
        the moments' cells of 1 - exp(-E m). E = d A K' / sum(A K') is what brings the account to the object in the
        block at all, with K' from the events outside the moments, by nobody of the core. m is the chance that an act in
        the block falls into a moment: the moments' share of the block; or the share of the passers-by's acts; or of
        everybody's but the core's, smoothed like the block's own curve: the largest of the three.
        """
        s = self.b.sessions
        moments = moments_of(s, core, self.b.scale, self.clock)
        if not len(moments.cell):
            return np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0)
        at, of_cell = moments.events()
        outside = ~np.isin(s.account[at], core)
        at, of_cell = at[outside], of_cell[outside]
        inside = moments.covers(at, of_cell)
        cells = len(moments.cells)
        acts = np.flatnonzero(inside)
        acts = acts[moments.once_a_post(at[acts])]
        hits = np.unique(s.account[at[acts]].astype(np.int64) * cells + of_cell[acts]) // cells
        met = np.bincount(hits, minlength=len(free))
        profile, chance = self._there(moments, at, of_cell, inside)
        expected = np.zeros(len(free))
        self._expect(moments, profile, chance, expected)
        account = np.flatnonzero(free & ((expected > 0) | (met > 0))).astype(np.int32)
        return account, met[account], expected[account]

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

    def _expect(self, moments: Moments, profile: Floats, chance: Floats, out: Floats) -> None:
        s, a = self.b.sessions, self._activity
        objects = s.cell_object[moments.cells]
        for obj in np.unique(objects):
            here = np.flatnonzero(objects == obj)
            cells = moments.cells[here]
            users = self._users_of(int(obj))
            expect_attendance(
                users.account, users.events, users.total, a.start, a.block, a.activity,
                s.cell_block[cells], profile[here], self.b.session[cells], chance[here], out,
            )  # fmt: skip

    def _users_of(self, obj: int) -> _Users:
        if obj not in self._users:
            s, a = self.b.sessions, self._activity
            first, last = np.searchsorted(s.cell, s.object_start[obj : obj + 2])
            account, events = np.unique(s.account[first:last], return_counts=True)
            total = np.zeros(len(account))
            rows, row_start = np.arange(len(account), dtype=np.int32), np.zeros(len(s.object_start), dtype=np.int64)
            row_start[obj + 1 :] = len(account)
            attention(
                obj, obj + 1, rows, row_start, account, a.start, a.block, a.activity,
                s.object_start, s.cell_block, self.b.session, s.n_blocks, total,
            )  # fmt: skip
            self._users[obj] = _Users(account, events.astype(np.float64), total)
        return self._users[obj]


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
    """Add to `out`, by account, the expected number of an object's cells in which a user of it acts at a moment."""
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
                out[u] += 1.0 - np.exp(-events[i] * there[c] * profile[c] / max(rest, 1e-9) * chance[c])
