"""Accounts that may have met somebody twice: their events, in order, and how far each reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.coaction import reach
from campaign_analysis.counting_sort import order_by, starts
from campaign_analysis.parallel import Share, shares
from campaign_analysis.sessions import Posts, Sessions

ROUNDS, FEW_LEFT_OUT = 4, 0.9
CELL, LEFT, RIGHT, RARER = 0, 1, 2, 3  # columns of `Acts.spot`


class Acts(NamedTuple):
    """The events of accounts that may have met somebody twice, in order, and their reach among themselves.

    `event` are their positions in the sessions, `account` numbers the accounts anew, those with the most events
    first, and `name` gives their codes. The events of account k are mine[start[k]:start[k + 1]]. `objects` are the
    ranks of the posts' objects, of which those of post p begin at post_start[p].
    """

    event: Codes
    account: Codes
    spot: np.ndarray
    rank: Codes
    post: Codes
    mine: Codes
    start: Ints
    name: Codes
    post_start: Ints
    objects: Codes


@dataclass(frozen=True)
class Meetings:
    """Acts, the number of their pairs to look at, and parts of about equal work."""

    acts: Acts
    pairs: int
    shares: list[Share]


def meetings_of(s: Sessions, posts: Posts, window: int) -> Meetings:
    """Leave out whoever has not met others in two cells, then whoever has met only those, and so on a few times."""
    event, account, time = np.arange(len(s.account), dtype=np.int32), s.account, s.time
    n_accounts = len(s.account_start) - 1
    for _ in range(ROUNDS):
        met = cells_met(event, s.cell, time, s.account, window, n_accounts)
        stays = (met >= 2)[account]
        event, account = event[stays], account[stays]
        if len(event) >= FEW_LEFT_OUT * len(stays):
            break
    events = np.bincount(account, minlength=n_accounts)
    name = np.flatnonzero(events).astype(np.int32)
    name = name[np.argsort(-events[name], kind="stable")]
    number = np.zeros(n_accounts, dtype=np.int32)
    number[name] = np.arange(len(name), dtype=np.int32)
    account, cell = number[account], s.cell[event]
    left, right = reach(time[event], cell, window)
    start = starts(account, len(name))
    at = s.event[event]
    cost = costs(account, left, right, len(name))
    acts = Acts(
        event=event,
        account=account,
        spot=_rows_of(cell, left, right, posts.rarer[at].view(np.int32)),
        rank=posts.rank[s.events.object[at]],
        post=s.events.post[at],
        mine=order_by(account, start),
        start=start,
        name=name,
        post_start=posts.start,
        objects=posts.ranks,
    )
    return Meetings(acts, int(cost.sum()) // 2, shares(cost))


def _rows_of(*columns: Codes) -> np.ndarray:
    """Columns of one array, whose rows lie together in memory."""
    rows = np.empty((len(columns[0]), len(columns)), dtype=np.int32)
    for at, column in enumerate(columns):
        rows[:, at] = column
    return rows


@nb.njit(cache=True, nogil=True)
def cells_met(event: Codes, cell: Codes, time: Ints, account: Codes, window: int, n_accounts: int) -> np.ndarray:
    """For each account the cells in which somebody else's event is next to one of its own within the window.

    Only these events, of those that are sorted by cell and time; an account's own in a cell are further apart than the
    window.
    """
    cells = np.zeros(n_accounts, dtype=np.int32)
    last = np.full(n_accounts, -1, dtype=np.int32)
    near = False  # to the event before
    for i in range(len(event)):
        e, before = event[i], near
        near = False
        if i + 1 < len(event):
            after = event[i + 1]
            near = cell[after] == cell[e] and time[after] - time[e] <= window
        if (before or near) and last[account[e]] != cell[e]:
            last[account[e]] = cell[e]
            cells[account[e]] += 1
    return cells


@nb.njit(cache=True, nogil=True)
def costs(account: Codes, left: Codes, right: Codes, n_accounts: int) -> np.ndarray:
    """For each account the events in reach of its own."""
    cost = np.zeros(n_accounts, dtype=np.int64)
    for i in range(len(account)):
        cost[account[i]] += right[i] - left[i]
    return cost
