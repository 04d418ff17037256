"""Second screen: fans and casual viewers of series post seconds after the same sharp moments. Innocent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import draft, everyday, keys, newcomers, passers_by, with_others
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents, together

LENGTH = 3000


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`series`, an episode a week each, with `fans` (from, to), each watching with a chance of `watching`.

    Fans post log-normally often (`rate`: mean of the logarithm), `casual` strangers (from, to) drop in; all
    of them a mean of `delay` seconds after one of an episode's `moments`. `tags`: one hashtag a `series`, or
    one an `episode`; and `beside` others in each post, out of eight.
    """

    series: int = 2
    fans: tuple[Some, Some] = (150, 400)
    watching: tuple[Share, Share] = (0.3, 0.95)
    rate: float = 1.8
    casual: tuple[int, int] = (200, 1500)
    moments: Some = 15
    delay: float = 25.0
    chatter: int = 25
    tags: Literal["series", "episode"] = "series"
    beside: int = 0


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All series with their episodes, and the fans' everyday posts."""
    names = [(f"fans-{number}", f"Series{number + 1}") for number in range(parameters.series)]
    return together([series(rng, parameters, number, *name) for number, name in enumerate(names)])


def evenings(parameters: Parameters, number: int) -> range:
    """When the episodes of the series of this number begin, epoch seconds."""
    first = parameters.begins + number % min(7, parameters.days) * DAY + 20 * HOUR
    return range(first, parameters.ends - 2 * LENGTH, 7 * DAY)


def series(rng: np.random.Generator, parameters: Parameters, number: int, group: str, tag: str) -> World:
    """One series, its fans under the name of `group`."""
    size = int(rng.integers(parameters.fans[0], parameters.fans[1] + 1))
    names = keys(group, size)
    watching, rate = rng.uniform(*parameters.watching, size), rng.lognormal(parameters.rate, 0.7, size)
    posts = [everyday(rng, parameters, names.gather(rng.integers(0, size, size * parameters.chatter)))]
    for episode, start in enumerate(evenings(parameters, number)):
        fans = np.repeat(np.arange(size), rng.poisson(rate) * (rng.random(size) < watching))
        strangers = passers_by(rng, parameters, int(rng.integers(parameters.casual[0], parameters.casual[1] + 1)))
        who = pl.concat([names.gather(fans), strangers])
        used = tag if parameters.tags == "series" else f"{tag}Part{episode + 1}"
        lists = with_others(rng, parameters, used, len(who), parameters.beside)
        posts.append(draft(who, _reactions(rng, parameters, start, len(who)), sentences(rng, len(who)), lists))
    return World(pl.concat(posts), newcomers(rng, parameters, names), innocents(names, group, "second_screen"))


def _reactions(rng: np.random.Generator, parameters: Parameters, start: int, count: int) -> np.ndarray:
    moments = np.sort(rng.integers(0, LENGTH, parameters.moments))
    chosen = rng.choice(moments, count, p=rng.dirichlet(np.ones(parameters.moments)))
    delay = np.minimum(rng.exponential(parameters.delay, count), LENGTH)
    return np.asarray(start + chosen + delay, dtype=np.int64)
