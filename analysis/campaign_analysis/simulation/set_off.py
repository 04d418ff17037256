"""One hashtag of which it is known what each act was owed to: the yardstick of `campaign_analysis.trending.owed`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from campaign_analysis.arrays import Floats, Ints

HOUR = 3600


@dataclass(frozen=True)
class SetOff:
    """How a hashtag comes about in a window of `hours`.

    A group posts `pulses` times, `members` acts each within `minutes`; an act of the group brings `alpha` others on
    average, one of anybody else `beta`, after a delay of mean `memory` seconds, as `delay` has it. `usual` acts an hour
    come by the day's curve, which swings by the part `rhythm`; `events` of its own bring `event` acts each, from random
    moments or the first one `with_group` from the group's first act on, and ebb within `fade` seconds. What comes of
    itself sets off others as well, also in the past before the window.
    """

    hours: int = 24
    pulses: int = 4
    members: int = 30
    minutes: int = 5
    alpha: float = 1.0
    beta: float = 0.3
    memory: float = 1200.0
    delay: Literal["exponential", "log-normal", "gamma"] = "exponential"
    usual: float = 1.0
    rhythm: float = 0.6
    event: int = 0
    events: int = 1
    with_group: bool = False
    fade: float = 3600.0


@dataclass(frozen=True)
class Caused:
    """Times (seconds from the window's begin) of the group's acts, of others', and whether the group set these off.

    `everybody`: acts on all hashtags by hour. `past` acts on this one and `past_of_everybody` on all came before.
    """

    group: Ints
    others: Ints
    set_off: np.ndarray
    everybody: Ints
    past: int
    past_of_everybody: float


def caused(setting: SetOff, seed: int, past_hours: int = 168) -> Caused:
    """Draw such a hashtag. The same seed gives the same one."""
    rng = np.random.default_rng(seed)
    end = setting.hours * HOUR
    curve = 300 * (1 + setting.rhythm * np.cos((np.arange(setting.hours) - 19) / 24 * 2 * np.pi))
    starts = np.sort(rng.uniform(0.1, 0.8, setting.pulses)) * end
    group = np.repeat(starts, setting.members) + rng.uniform(0, 60 * setting.minutes, setting.pulses * setting.members)
    before = rng.uniform(-past_hours * HOUR, 0, rng.poisson(setting.usual * past_hours))
    roots = [before, _usual(rng, setting, curve)]
    for number in range(setting.events if setting.event else 0):
        with_group = setting.with_group and setting.pulses and not number
        at = starts[0] if with_group else rng.uniform(0.1, 0.8) * end
        roots.append(at + rng.exponential(setting.fade, setting.event))
    whole = _with_descendants(rng, setting, np.concatenate(roots), end)
    own, past = whole[whole >= 0], int((whole < 0).sum())
    brought = _with_descendants(rng, setting, _children(rng, setting, group, setting.alpha), end)
    others, mark = np.concatenate([own, brought]), np.repeat([False, True], [len(own), len(brought)])
    order = np.argsort(others, kind="stable")
    return Caused(
        np.sort(group[group < end]).astype(np.int64),
        others[order].astype(np.int64),
        mark[order],
        rng.poisson(curve).astype(np.int64),
        past,
        float(rng.poisson(curve.mean() * past_hours)),
    )


def _usual(rng: np.random.Generator, setting: SetOff, curve: Floats) -> Floats:
    counts = rng.poisson(setting.usual * curve / curve.mean())
    times: Floats = np.repeat(np.arange(setting.hours) * HOUR, counts) + rng.uniform(0, HOUR, counts.sum())
    return times


def _children(rng: np.random.Generator, setting: SetOff, parents: Floats, mean: float) -> Floats:
    births = np.repeat(parents, rng.poisson(mean, len(parents)))
    spread, shape = 1.2, 2.0
    if setting.delay == "exponential":
        delays = rng.exponential(setting.memory, len(births))
    elif setting.delay == "gamma":
        delays = rng.gamma(shape, setting.memory / shape, len(births))
    else:
        delays = rng.lognormal(np.log(setting.memory) - spread**2 / 2, spread, len(births))
    born: Floats = births + delays
    return born


def _with_descendants(rng: np.random.Generator, setting: SetOff, roots: Floats, end: float) -> Floats:
    found, generation = [], roots[roots < end]
    while len(generation):
        found.append(generation)
        born = _children(rng, setting, generation, setting.beta)
        generation = born[born < end]
    return np.asarray(np.concatenate(found)) if found else np.empty(0)
