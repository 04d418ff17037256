"""Fan communities: fans who meet every week at a set hour to post a hashtag that is new each time. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import chatter, draft, keys, newcomers, with_others
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents, together

LENGTH = 2 * HOUR


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`communities` of fans (from, to), each of whom comes to a party with a chance of their own (`coming`).

    Who comes posts log-normally often (`rate`: mean of the logarithm); the first post a mean of `opening` seconds
    after the hour, the others any time until two hours are over. `chatter` are everyday posts of each fan. Beside the
    party's own hashtag there are `beside` others in each post, out of eight.
    """

    communities: Some = 2
    fans: tuple[Some, Some] = (60, 150)
    coming: tuple[Share, Share] = (0.3, 0.95)
    rate: float = 1.3
    opening: Some = 240
    chatter: int = 15
    beside: int = 0


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All communities with their weekly parties, and the fans' everyday posts."""
    return together([_community(rng, parameters, number) for number in range(parameters.communities)])


def _community(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    size = int(rng.integers(parameters.fans[0], parameters.fans[1] + 1))
    names, coming = keys(f"community-{number}", size), rng.uniform(*parameters.coming, size)
    posts = [chatter(rng, parameters, names, parameters.chatter)]
    first = parameters.begins + int(rng.integers(0, min(7, parameters.days))) * DAY + int(rng.integers(12, 21)) * HOUR
    for week, start in enumerate(range(first, parameters.ends - LENGTH, 7 * DAY)):
        here = np.flatnonzero(rng.random(size) < coming)
        later = np.repeat(here, rng.poisson(rng.lognormal(parameters.rate, 0.7, len(here))))
        opening = np.minimum(rng.exponential(parameters.opening, len(here)).astype(np.int64), LENGTH - 1)
        times = start + np.concatenate([opening, rng.integers(0, LENGTH, len(later))])
        who = names.gather(np.concatenate([here, later]))
        tags = with_others(rng, parameters, f"Party{number + 1}Week{week + 1}", len(who), parameters.beside)
        posts.append(draft(who, times, sentences(rng, len(who)), tags))
    truth = innocents(names, f"community-{number}", "fan_community")
    return World(pl.concat(posts), newcomers(rng, parameters, names), truth)
