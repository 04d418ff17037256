"""Sums over the events of each cell that the background is made of, each event looked at once.

The events of cell c are those at [first[c], first[c + 1]), in order of time. Sums are taken in the order of events.
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints

LEAST_WEIGHT = 0.05  # phi: weight of an event all of whose partners are repeat partners
COMPANY = 0.25  # where this share of those whom an account meets are repeat partners, or more, it is no passer-by


class Sums(NamedTuple):
    """For each cell: the events' weights; co-actions (ordered) and those with repeat partners; what passers-by meet and
    could meet; what there is outside the moment in question (of co-actions, ordered pairs, events), the mean over the
    events weighed by their co-actions.
    """

    weight: Floats
    met: Ints
    repeated: Ints
    passing_met: Floats
    passing_every: Floats
    outside_met: Floats
    outside_pairs: Floats
    outside: Floats


@nb.njit(cache=True, nogil=True)
def sums_of(first: Ints, time: Ints, partners: Codes, repeats: Codes, passing: Floats, own: Codes, moment: int) -> Sums:
    """The sums. `partners`: c_e; `repeats`: r_e; `own`: the author's events in the cell; `moment` in ms: what lies so
    near is part of the moment that an event is in.
    """
    cells = len(first) - 1
    weight, met, repeated = np.zeros(cells), np.zeros(cells, np.int64), np.zeros(cells, np.int64)
    passing_met, passing_every = np.zeros(cells), np.zeros(cells)
    outside_met, outside_pairs, outside = np.zeros(cells), np.zeros(cells), np.zeros(cells)
    for c in range(cells):
        begin, end = first[c], first[c + 1]
        size = end - begin
        for e in range(begin, end):
            some, every = repeats[e], partners[e]
            share = float(some) / float(every) if every > 0 else 0.0
            weight[c] += max(LEAST_WEIGHT, 1 - share)
            passing_met[c] += passing[e] * (every - some)
            passing_every[c] += passing[e] * (size - own[e] - some)
            met[c] += every
            repeated[c] += some
        if met[c] == 0:
            continue
        a, b, near = begin, begin, 0
        for e in range(begin, end):
            while b < end and time[b] - time[e] <= moment:
                near += partners[b]
                b += 1
            while time[e] - time[a] > moment:
                near -= partners[a]
                a += 1
            of, away = float(partners[e]), size - (b - a)
            outside_met[c] += of * (met[c] - near)
            outside_pairs[c] += of * (away * max(away - 1, 0))
            outside[c] += of * away
        outside_met[c] /= met[c]
        outside_pairs[c] /= met[c]
        outside[c] /= met[c]
    return Sums(weight, met, repeated, passing_met, passing_every, outside_met, outside_pairs, outside)


@nb.njit(cache=True, nogil=True)
def passers_by(
    first: int,
    last: int,
    by_account: Codes,
    account_start: Ints,
    run_start: Ints,
    run_events: Codes,
    partners: Codes,
    repeats: Codes,
    passing: Floats,
    own: Codes,
) -> None:
    """Whether each event of accounts in [first, last) is a passer-by's, and its author's events in the cell.

    0 where a quarter or more of those whom its author meets in the cell are repeat partners, by the author's events
    there taken together; those that meet nobody tell nothing else.
    """
    for u in range(first, last):
        begin = account_start[u]
        for k in range(run_start[u], run_start[u + 1]):
            end = begin + run_events[k]
            met, repeated = 0, 0
            for i in range(begin, end):
                met += partners[by_account[i]]
                repeated += repeats[by_account[i]]
            share = float(repeated) / float(met) if met > 0 else 0.0
            for i in range(begin, end):
                passing[by_account[i]] = max(0.0, 1 - share / COMPANY)
                own[by_account[i]] = run_events[k]
            begin = end


@nb.njit(cache=True, nogil=True)
def squares(run_cell: Codes, run_events: Codes, cells: int) -> np.ndarray:
    """Ordered pairs of events of one account, an event with itself included, in each cell."""
    out = np.zeros(cells)
    for k in range(len(run_events)):
        out[run_cell[k]] += float(run_events[k]) ** 2
    return out


@nb.njit(cache=True, nogil=True)
def pairs_within(first: Ints, time: Ints, window: int) -> np.ndarray:
    """Ordered pairs of events (an event with itself included) at most `window` ms apart, in each cell."""
    out = np.zeros(len(first) - 1)
    for c in range(len(first) - 1):
        a = first[c]
        for e in range(first[c], first[c + 1]):
            while time[e] - time[a] > window:
                a += 1
            out[c] += 1 + 2 * (e - a)
    return out


@nb.njit(cache=True, nogil=True)
def own_pairs_within(
    by_account: Codes, run_cell: Codes, run_events: Codes, time: Ints, window: int, cells: int
) -> np.ndarray:
    """The same of events of one account."""
    out = np.zeros(cells)
    begin = 0
    for k in range(len(run_events)):
        end = begin + run_events[k]
        out[run_cell[k]] += 1
        a = begin
        for i in range(begin + 1, end):
            while time[by_account[i]] - time[by_account[a]] > window:
                a += 1
            out[run_cell[k]] += 1 + 2 * (i - a)
        begin = end
    return out


@nb.njit(cache=True, nogil=True)
def sessions_around(
    sums: Sums,
    first: Ints,
    cell_object: Codes,
    cell_block: Codes,
    block_time: Ints,
    reach: int,
    prior: tuple[float, float],
) -> tuple[np.ndarray, np.ndarray]:
    """For each cell what there is outside its moment, in it and in those of its object whose block begins within
    `reach` ms of its own: the share of pairs of events that co-act, with a prior of so many of so many; and one more
    than the events of the cell itself or of a mean one of the others, if they are more.
    """
    n = len(cell_object)
    kappa, profile = np.empty(n), np.empty(n)
    a, b, met, pairs, events = 0, 0, 0, 0, 0  # sums over the cells [a, b)
    for c in range(n):
        obj, time = cell_object[c], block_time[cell_block[c]]
        while b < n and (b <= c or (cell_object[b] == obj and block_time[cell_block[b]] - time <= reach)):
            size = first[b + 1] - first[b]
            met, pairs, events, b = met + sums.met[b], pairs + size * (size - 1), events + size, b + 1
        while cell_object[a] != obj or time - block_time[cell_block[a]] > reach:
            size = first[a + 1] - first[a]
            met, pairs, events, a = met - sums.met[a], pairs - size * (size - 1), events - size, a + 1
        size = first[c + 1] - first[c]
        others_met, others_pairs = met - sums.met[c], pairs - size * (size - 1)
        share = (others_met + sums.outside_met[c] + prior[0]) / (others_pairs + sums.outside_pairs[c] + prior[1])
        own = sums.outside[c] if sums.met[c] > 0 else float(size)
        kappa[c] = min(share, 1.0)
        profile[c] = 1 + max(own, (events - size) / max(b - a - 1, 1))
    return kappa, profile


@nb.njit(cache=True, nogil=True)
def own_pairs_of_objects(run_start: Ints, run_cell: Codes, run_events: Codes, cell_object: Codes, n: int) -> np.ndarray:
    """Ordered pairs of events of one account, an event with itself included, of each of n objects."""
    out = np.zeros(n)
    for u in range(len(run_start) - 1):
        own = 0.0
        for k in range(run_start[u], run_start[u + 1]):
            own += run_events[k]
            if k + 1 == run_start[u + 1] or cell_object[run_cell[k + 1]] != cell_object[run_cell[k]]:
                out[cell_object[run_cell[k]]] += own**2
                own = 0.0
    return out
