"""How much of a burst is owed to a group: what it did, what passed it on, and what it set off, with an interval.

What the group did and the retweets of it are known. What others posted because of it is not, and is estimated: in
steps of time t with x_t acts of the group (retweets of it included) and y_t of everybody else,

    y_t ~ Poisson(λ_t),   λ_t = b c_t + S s_t + α (k x)_t + β (k y)_t

b c_t is the usual: the hashtag's part of everybody's curve c, known from its past. S s_t is an event of its own: it
comes at once and ebbs exponentially, at any moment, or, as likely as not, as the group begins: groups ride events. k is
the memory: an act of the group brings α others on average, an act of anybody else β (a self-exciting process, Hawkes
1971), a part of them within a time τ, a part ω within 6 τ, both fading exponentially. The nine unknowns are drawn from
their posterior (Metropolis et al. 1953); for each draw every act is given a cause, itself or an earlier act (stochastic
declustering, Zhuang, Ogata & Vere-Jones 2002), and those that descend from the group's are counted. So an event at the
very moment of the group's first post makes the interval wide: then nobody can tell.

It assumes that what the group sets off comes soon (τ at most 6 h), and that the group's acts do not themselves answer
the crowd's. What it says when its assumptions are wrong is measured in docs/trending.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis.arrays import Ints

STEPS = 1000  # at most, in a window: steps are as fine as that allows
FINEST = 120  # seconds
LONGEST = 6 * 3600  # seconds, of memory
SWEEPS, BURN, DRAWS = 6000, 2000, 400


@dataclass(frozen=True)
class Owed:
    """Draws of what others did of themselves: a row a draw, a column a step of `step` seconds from `begin` on."""

    own: Ints
    step: int
    begin: int

    def by_hour(self) -> Ints:
        """The same by hour."""
        per = 3600 // self.step
        summed: Ints = self.own.reshape(len(self.own), -1, per).sum(axis=2)
        return summed

    def between(self, since: int, until: int) -> Ints:
        """Of each draw, what others did of themselves between two moments (epoch seconds)."""
        first, last = (since - self.begin) // self.step, -((self.begin - until) // self.step)
        summed: Ints = self.own[:, max(0, first) : last].sum(axis=1)
        return summed


def owed(
    group: Ints, others: Ints, begin: int, everybody: Ints, past: int, past_of_everybody: float, seed: int = 1
) -> Owed:
    """Draw how many of the others' acts were not set off by the group's.

    Parameters
    ----------
    group, others
        Times of acts in the window, epoch seconds: of the group and of what passes it on, and of everybody else.
    begin
        Epoch seconds at which the window begins.
    everybody
        Acts on all hashtags in each hour of the window.
    past, past_of_everybody
        Acts of others on this hashtag, and of everybody on all, in the past before the window.
    """
    step = step_of(len(everybody))
    steps = len(everybody) * 3600 // step
    x, y = (np.bincount((part - begin) // step, minlength=steps)[:steps].astype(np.float64) for part in (group, others))
    if not x.any():
        return Owed(np.repeat(y.astype(np.int64)[None], DRAWS, axis=0), step, begin)
    curve = np.repeat(everybody, 3600 // step) * step / 3600
    own = _drawn(x, y, np.maximum(curve, 1e-9), float(past), max(past_of_everybody, 1.0), float(step), seed)
    return Owed(own, step, begin)


def step_of(hours: int) -> int:
    """Seconds of a step: the finest that divides an hour and keeps the number of steps down."""
    return next(s for s in (FINEST, 300, 600, 1200, 1800, 3600) if hours * 3600 / s <= STEPS or s == 3600)


@nb.njit(cache=True)
def _remembered(acts: np.ndarray, decay: float, now: float) -> np.ndarray:
    """What is remembered of the acts in each step: `now` of those of the step itself, the rest ebbs by `decay`."""
    out = np.empty(len(acts))
    left = 0.0
    for t in range(len(acts)):
        out[t] = left + now * acts[t]
        left = left * decay + acts[t] * (1.0 - now) * (1.0 - decay)
    return out


@nb.njit(cache=True)
def _event(steps: int, at: int, decay: float) -> np.ndarray:
    """An event of one act in all: nothing before `at`, then an exponential ebb."""
    out = np.zeros(steps)
    value = 1.0 - decay
    for t in range(at, steps):
        out[t] = value
        value *= decay
    return out


@nb.njit(cache=True)
def _likelihood(y: np.ndarray, rate: np.ndarray) -> float:
    total = 0.0
    for t in range(len(y)):
        total -= rate[t]
        if y[t] > 0:
            if rate[t] <= 0:
                return -np.inf
            total += y[t] * np.log(rate[t])
    return float(total)


@nb.njit(cache=True)
def _prior(v: np.ndarray, past: float, exposure: float, most: float) -> float:
    """Log density of b, α, β, log τ, S, log τ of the event, ω: the usual by its past, else flat or slowly falling."""
    b, alpha, beta, ebb, size, fade, slow = v
    if slow < 0 or slow > 0.8 or b <= 0 or alpha < 0 or beta < 0 or beta > 0.95 or size < 0:
        return -np.inf
    if ebb < np.log(120.0) or ebb > np.log(21600.0) or fade < np.log(600.0) or fade > np.log(43200.0):
        return -np.inf
    return float((past - 0.5) * np.log(b) - b * exposure - alpha / 3.0 - size / most)


@nb.njit(cache=True)
def _when(at: int, steps: int, first: int, near: int) -> float:
    """Log density of the event's step: half of it anywhere, half from `near` steps before the group's first act on."""
    density = 0.5 / steps
    if first - near <= at <= first + 1:
        density += 0.5 / (near + 2)
    return float(np.log(density))


@nb.njit(cache=True)
def _memory(acts: np.ndarray, tau: float, step: float, at_once: bool) -> np.ndarray:
    """Memory of the time τ and of 6 τ, a row each; `at_once`: acts are felt within their own step as well."""
    out = np.empty((2, len(acts)))
    for k in range(2):
        length = tau * (1.0 + 5.0 * k)
        decay = np.exp(-step / length)
        now = 1.0 - length / step * (1.0 - decay) if at_once else 0.0
        out[k] = _remembered(acts, decay, now)
    return out


@nb.njit(cache=True)
def _rate(v: np.ndarray, curve: np.ndarray, shape: np.ndarray, kx: np.ndarray, ky: np.ndarray) -> np.ndarray:
    own, slow = 1.0 - v[6], v[6]
    rate: np.ndarray = (
        v[0] * curve + v[4] * shape + v[1] * (own * kx[0] + slow * kx[1]) + v[2] * (own * ky[0] + slow * ky[1])
    )
    return rate


@nb.njit(cache=True)
def _drawn(
    x: np.ndarray, y: np.ndarray, curve: np.ndarray, past: float, exposure: float, step: float, seed: int
) -> np.ndarray:
    np.random.seed(seed)
    steps, brought, all_others = len(x), x.sum(), y.sum()
    most = max(10.0, all_others)
    first, near = int(np.argmax(x > 0)), int(np.ceil(900.0 / step))
    v = np.array([(past + 0.5) / exposure, 0.3, 0.2, np.log(1200.0), 0.1 * all_others, np.log(3600.0), 0.2])
    scale = np.array([v[0] * 0.5 + 1e-12, 0.2, 0.1, 0.4, 0.1 * most, 0.4, 0.2])
    at = first
    jumps = np.cumsum(y + 0.05)
    kx, ky = _memory(x, np.exp(v[3]), step, True), _memory(y, np.exp(v[3]), step, False)
    shape = _event(steps, at, np.exp(-step / np.exp(v[5])))
    rate = _rate(v, curve, shape, kx, ky)
    here = _likelihood(y, rate) + _prior(v, past, exposure, most) + _when(at, steps, first, near)
    kept = np.empty((DRAWS, steps), dtype=np.int64)
    every, saved = (SWEEPS - BURN) // DRAWS, 0
    for sweep in range(SWEEPS):
        for move in range(11):
            w, at_new, log_q = v.copy(), at, 0.0
            if move < 7:
                w[move] += scale[move] * np.random.standard_normal()
            elif move == 7:  # what the event brought, the group brought instead, or the other way round
                shift = 0.3 * most * np.random.standard_normal() * np.random.random()
                w[4] -= shift
                w[1] += shift / brought
            elif move == 8:  # what others brought, the group brought instead
                shift = 0.3 * np.random.standard_normal() * np.random.random()
                w[2] += shift
                w[1] -= shift * all_others / brought
            elif move == 9:
                at_new = at + int(np.round(3.0 * np.random.standard_normal()))
            else:  # anywhere, rather where something was posted
                at_new = int(np.searchsorted(jumps, np.random.random() * jumps[-1], side="right"))
                if 0 <= at_new < steps:
                    log_q = np.log(y[at] + 0.05) - np.log(y[at_new] + 0.05)
            if at_new < 0 or at_new >= steps:
                continue
            before = _prior(w, past, exposure, most)
            if before == -np.inf:
                continue
            before += _when(at_new, steps, first, near)
            kx_new, ky_new, shape_new = kx, ky, shape
            if move == 3:
                kx_new, ky_new = _memory(x, np.exp(w[3]), step, True), _memory(y, np.exp(w[3]), step, False)
            if move == 5 or move >= 9:
                shape_new = _event(steps, at_new, np.exp(-step / np.exp(w[5])))
            rate_new = _rate(w, curve, shape_new, kx_new, ky_new)
            there = _likelihood(y, rate_new) + before
            accepted = np.log(np.random.random()) < there - here + log_q
            if accepted:
                v, at, here, rate, kx, ky, shape = w, at_new, there, rate_new, kx_new, ky_new, shape_new
            if sweep < BURN and move < 7:
                scale[move] *= 1.1 if accepted else 0.955  # towards a third accepted
        if sweep >= BURN and (sweep - BURN) % every == every - 1 and saved < DRAWS:
            kept[saved] = _of_itself(y, rate, v[0] * curve + v[4] * shape, v, step)
            saved += 1
    return kept


@nb.njit(cache=True)
def _of_itself(y: np.ndarray, rate: np.ndarray, immigrant: np.ndarray, v: np.ndarray, step: float) -> np.ndarray:
    """Give each act a cause, step by step, and count those that do not descend from the group's."""
    out = np.empty(len(y), dtype=np.int64)
    fast, slow = np.exp(-step / np.exp(v[3])), np.exp(-step / (6.0 * np.exp(v[3])))
    quick, late = 0.0, 0.0
    for t in range(len(y)):
        cause = immigrant[t] + v[2] * ((1.0 - v[6]) * quick + v[6] * late)
        share = cause / rate[t] if rate[t] > 0 else 0.0
        out[t] = np.random.binomial(int(y[t]), min(1.0, max(0.0, share))) if y[t] > 0 else 0
        quick = quick * fast + out[t] * (1.0 - fast)
        late = late * slow + out[t] * (1.0 - slow)
    return out
