"""Draws of which acts descend from a group's: the model of `owed.py`, its likelihood and its sampler, compiled.

Moments are in seconds from the window's begin. A state of the sampler is a vector of floats, its places are named
below. Where there are many acts, the likelihood is taken at the moments of some, evenly chosen; all are felt.
"""

from __future__ import annotations

import numba as nb
import numpy as np

USUAL, GROUP, CROWD, MEMORY, SLOW = 0, 1, 2, 3, 4  # b, α, β, log τ, ω; then of each event:
SIZE, FADE, MOMENT = 5, 6, 7  # log S, log of the mean of its ebb, when it comes
EVENTS, WITH_GROUP = 2, 0  # the first of them comes as the group begins
PLACES = SIZE + 3 * EVENTS
SWEEPS, BURN = 4000, 1200
ASKED = 1000  # acts at whose moments the likelihood is taken, at most
TEMPER = 0.4
NONE = 0.15  # prior probability that an event is none
SLOWER = 6.0  # times τ
NEAR = 900.0  # seconds about the group's first act in which an event came with it


@nb.njit(cache=True)
def _felt(of: np.ndarray, at: np.ndarray, tau: float) -> np.ndarray:
    """Density, at the moments `at`, of the memory of acts `of` before them (an act does not feel itself)."""
    out = np.empty(len(at))
    left, j, last = 0.0, 0, 0.0
    for i in range(len(at)):
        left *= np.exp(-(at[i] - last) / tau)
        last = at[i]
        while j < len(of) and of[j] < at[i]:
            left += np.exp(-(at[i] - of[j]) / tau)
            j += 1
        out[i] = left / tau
    return out


@nb.njit(cache=True)
def _memory(x: np.ndarray, y: np.ndarray, at: np.ndarray, end: float, tau: float) -> tuple[np.ndarray, np.ndarray]:
    """Memory at `at` of the group, of the crowd and of the time before the window, at τ and at 6 τ; their integrals."""
    felt, brought = np.empty((3, 2, len(at))), np.empty((3, 2))
    for k in range(2):
        length = tau * (SLOWER if k else 1.0)
        felt[0, k] = _felt(x, at, length)
        felt[1, k] = _felt(y, at, length)
        felt[2, k] = np.exp(-at / length)
        brought[0, k] = (1.0 - np.exp(-(end - x) / length)).sum()
        brought[1, k] = (1.0 - np.exp(-(end - y) / length)).sum()
        brought[2, k] = length * (1.0 - np.exp(-end / length))
    return felt, brought


@nb.njit(cache=True)
def _event(at: np.ndarray, moment: float, fade: float) -> np.ndarray:
    """Density of an event of one act."""
    out = np.zeros(len(at))
    for i in range(len(at)):
        if at[i] >= moment:
            out[i] = np.exp(-(at[i] - moment) / fade) / fade
    return out


@nb.njit(cache=True)
def _own_rate(v: np.ndarray, there: np.ndarray, mean: float, felt: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """The rate of what comes of itself: the usual, what it set off before the window, and events."""
    before = v[USUAL] * mean * v[CROWD] / (1.0 - v[CROWD])
    rate: np.ndarray = v[USUAL] * there + before * ((1.0 - v[SLOW]) * felt[2, 0] + v[SLOW] * felt[2, 1])
    for e in range(EVENTS):
        rate += np.exp(v[SIZE + 3 * e]) * shapes[e]
    return rate


@nb.njit(cache=True)
def _likelihood(
    v: np.ndarray,
    there: np.ndarray,
    part: float,
    curve: np.ndarray,
    felt: np.ndarray,
    brought: np.ndarray,
    shapes: np.ndarray,
) -> float:
    end, mean = 3600.0 * len(curve), curve.mean()
    fast, slow, a, c = 1.0 - v[SLOW], v[SLOW], v[GROUP], v[CROWD]
    rate = _own_rate(v, there, mean, felt, shapes)
    before = v[USUAL] * mean * c / (1.0 - c)
    whole = v[USUAL] * mean * end + before * (fast * brought[2, 0] + slow * brought[2, 1])
    whole += a * (fast * brought[0, 0] + slow * brought[0, 1]) + c * (fast * brought[1, 0] + slow * brought[1, 1])
    for e in range(EVENTS):
        whole += np.exp(v[SIZE + 3 * e]) * (1.0 - np.exp(-(end - v[MOMENT + 3 * e]) / np.exp(v[FADE + 3 * e])))
    total = -part * whole
    for i in range(len(rate)):
        r = (
            rate[i]
            + a * (fast * felt[0, 0, i] + slow * felt[0, 1, i])
            + c * (fast * felt[1, 0, i] + slow * felt[1, 1, i])
        )
        if r <= 0:
            return -np.inf
        total += np.log(r)
    return float(TEMPER * total)


@nb.njit(cache=True)
def _prior(v: np.ndarray, past: float, exposure: float, acts: float, many: float, end: float, first: float) -> float:
    """Log density. What the group brings is of any order of magnitude, each the same: 1 / (1 + acts brought).

    An event is none (an act or so) with probability NONE; else its size is of the order of the others' acts. The
    past's acts are immigrants and their descendants: generalised Poisson (Consul & Jain 1973).
    """
    b, a, c, ebb, slow = v[USUAL], v[GROUP], v[CROWD], v[MEMORY], v[SLOW]
    if slow < 0 or slow > 0.8 or b <= 0 or a < 0 or c < 0 or c > 0.95 or a * acts > 4 * many:
        return -np.inf
    if ebb < np.log(120.0) or ebb > np.log(21600.0):
        return -np.inf
    came = b * exposure
    total = 0.5 * np.log(b) if past == 0 else 0.5 * np.log(b) + (past - 1.0) * np.log(came + c * past) - c * past
    total += -came - np.log1p(a * acts)
    if past == 0:
        total -= np.log(b)
    for e in range(EVENTS):
        size, fade, moment = v[SIZE + 3 * e], v[FADE + 3 * e], v[MOMENT + 3 * e]
        if size < np.log(0.01) or size > np.log(4 * many) or moment < 0 or moment > end:
            return -np.inf
        if fade < np.log(600.0) or fade > np.log(43200.0):
            return -np.inf
        acts_of_it = np.exp(size)
        total += size + np.log(NONE * np.exp(-acts_of_it) + (1.0 - NONE) * np.exp(-acts_of_it / many) / many)
        if e == WITH_GROUP and not first - NEAR <= moment <= first + 0.1 * NEAR:
            return -np.inf
    return float(total)


@nb.njit(cache=True)
def _proposed(
    v: np.ndarray, move: int, scale: float, at: np.ndarray, first: float, end: float, others: float, acts: float
) -> tuple[np.ndarray, float, int]:
    """A new state, the log of the ratio of the ways back and forth, and which event has another shape (-1: none)."""
    w, log_q, changed = v.copy(), 0.0, -1
    if move < PLACES:
        w[move] += scale * np.random.standard_normal()
        if move >= SIZE and (move - SIZE) % 3 > 0:
            changed = (move - SIZE) // 3
    elif move == PLACES:  # what others brought, the group brought instead, or the other way round
        shift = 0.3 * np.random.standard_normal() * np.random.random()
        w[CROWD] += shift
        w[GROUP] -= shift * others / acts
    elif move == PLACES + 1:  # longer memory, and less of it slow
        shift = 0.5 * np.random.standard_normal()
        w[MEMORY] += shift
        w[SLOW] -= 0.3 * shift
    elif (move - PLACES) % 2 == 0:  # what an event brought, the group brought instead
        place = SIZE + 3 * ((move - PLACES - 2) // 2)
        shift = 0.3 * max(10.0, others) * np.random.standard_normal() * np.random.random() ** 2
        size = np.exp(v[place]) - shift
        w[place] = np.log(size) if size > 0 else -np.inf
        w[GROUP] += shift / acts
        log_q = v[place] - w[place] if size > 0 else 0.0  # even in S, not in its logarithm
    else:  # an event at another time
        changed = (move - PLACES - 2) // 2
        place = MOMENT + 3 * changed
        if changed == WITH_GROUP:
            w[place] = first + NEAR * (1.1 * np.random.random() - 1.0)
        else:
            w[place] = _anywhere(at, end)
            log_q = _log_anywhere(v[place], at, end) - _log_anywhere(w[place], at, end)
    return w, log_q, changed


@nb.njit(cache=True)
def drawn(
    x: np.ndarray, y: np.ndarray, curve: np.ndarray, past: float, exposure: float, draws: int, seed: int
) -> np.ndarray:
    """Draws of which of the acts y came of themselves: a row a draw. x are the group's; both are sorted.

    `curve` is everybody's rate by hour (acts a second), `exposure` everybody's acts in the past, `past` those on it.
    """
    np.random.seed(seed)
    end, acts, all_others, first = 3600.0 * len(curve), float(len(x)), float(len(y)), x[0]
    many = max(10.0, all_others)
    stride = (len(y) + ASKED - 1) // ASKED
    at = y[stride // 2 :: stride].copy()
    part, there = len(at) / all_others, _there(curve, at)
    v, scale = np.empty(PLACES), np.full(PLACES, 0.4)
    v[:SIZE] = np.array([(past + 0.5) / exposure, 0.3 * many / acts, 0.2, np.log(1200.0), 0.1])
    scale[:SIZE] = np.array([v[USUAL] * 0.5 + 1e-12, 0.3 * many / acts, 0.1, 0.4, 0.2])
    for e in range(EVENTS):
        v[SIZE + 3 * e : SIZE + 3 * e + 3] = np.array(
            [np.log(0.1 * many), np.log(3600.0), first + e * 0.3 * (end - first)]
        )
        scale[SIZE + 3 * e : SIZE + 3 * e + 3] = np.array([1.0, 0.5, 300.0])
    felt, brought = _memory(x, y, at, end, np.exp(v[MEMORY]))
    shapes = np.zeros((EVENTS, len(at)))
    for e in range(EVENTS):
        shapes[e] = _event(at, v[MOMENT + 3 * e], np.exp(v[FADE + 3 * e]))
    here = _likelihood(v, there, part, curve, felt, brought, shapes)
    here += _prior(v, past, exposure, acts, many, end, first)
    kept = np.empty((draws, len(y)), dtype=np.bool_)
    every, saved = (SWEEPS - BURN) // draws, 0
    for sweep in range(SWEEPS):
        for move in range(PLACES + 2 + 2 * EVENTS):
            if (move == MEMORY and sweep % 2) or (move == PLACES + 1 and not sweep % 2):
                continue  # each is dear: by turns
            w, log_q, changed = _proposed(v, move, scale[move % PLACES], at, first, end, all_others, acts)
            before = _prior(w, past, exposure, acts, many, end, first)
            if before == -np.inf:
                accepted = False
            else:
                felt_new, brought_new, shapes_new = felt, brought, shapes
                if w[MEMORY] != v[MEMORY]:
                    felt_new, brought_new = _memory(x, y, at, end, np.exp(w[MEMORY]))
                if changed >= 0:
                    shapes_new = shapes.copy()
                    shapes_new[changed] = _event(at, w[MOMENT + 3 * changed], np.exp(w[FADE + 3 * changed]))
                now = _likelihood(w, there, part, curve, felt_new, brought_new, shapes_new) + before
                accepted = np.log(np.random.random()) < now - here + log_q
                if accepted:
                    v, here, felt, brought, shapes = w, now, felt_new, brought_new, shapes_new
            if sweep < BURN and move < PLACES:
                scale[move] *= 1.1 if accepted else 0.955  # towards a third accepted
                if move >= SIZE and (move - SIZE) % 3 == 2:
                    scale[move] = min(scale[move], 0.3 * end)
                else:
                    scale[move] = min(scale[move], 5.0 + 10 * abs(v[move]))
        if sweep >= BURN and (sweep - BURN) % every == every - 1 and saved < draws:
            kept[saved] = _of_itself(v, x, y, curve)
            saved += 1
    return kept


@nb.njit(cache=True)
def _anywhere(at: np.ndarray, end: float) -> float:
    """A moment up to NEAR before some act, or any."""
    if np.random.random() < 0.2:
        return float(end * np.random.random())
    return float(at[np.random.randint(len(at))] - NEAR * np.random.random())


@nb.njit(cache=True)
def _log_anywhere(moment: float, at: np.ndarray, end: float) -> float:
    """Log density of `_anywhere`."""
    density = 0.2 / end if moment >= 0 else 0.0
    after = np.searchsorted(at, moment + NEAR) - np.searchsorted(at, moment)
    return float(np.log(density + 0.8 * after / len(at) / NEAR))


@nb.njit(cache=True)
def _there(curve: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Everybody's rate at some moments."""
    out = np.empty(len(at))
    for i in range(len(at)):
        out[i] = curve[min(len(curve) - 1, int(at[i] // 3600.0))]
    return out


@nb.njit(cache=True)
def _of_itself(v: np.ndarray, x: np.ndarray, y: np.ndarray, curve: np.ndarray) -> np.ndarray:
    """Give each act a cause, one after the other: whether it does not descend from the group's."""
    fast, slow, tau = 1.0 - v[SLOW], v[SLOW], np.exp(v[MEMORY])
    felt, _ = _memory(x, y, y, 3600.0 * len(curve), tau)
    shapes = np.empty((EVENTS, len(y)))
    for e in range(EVENTS):
        shapes[e] = _event(y, v[MOMENT + 3 * e], np.exp(v[FADE + 3 * e]))
    own = _own_rate(v, _there(curve, y), curve.mean(), felt, shapes)
    out = np.empty(len(y), dtype=np.bool_)
    late = SLOWER * tau
    quick_left, late_left, last = 0.0, 0.0, 0.0
    for i in range(len(y)):
        quick_left *= np.exp(-(y[i] - last) / tau)
        late_left *= np.exp(-(y[i] - last) / late)
        last = y[i]
        set_off = v[GROUP] * (fast * felt[0, 0, i] + slow * felt[0, 1, i])
        crowd = v[CROWD] * (fast * felt[1, 0, i] + slow * felt[1, 1, i])
        of_own = v[CROWD] * (fast * quick_left / tau + slow * late_left / late)
        rate = own[i] + set_off + crowd
        out[i] = np.random.random() * rate < own[i] + of_own
        if out[i]:
            quick_left += 1.0
            late_left += 1.0
    return out
