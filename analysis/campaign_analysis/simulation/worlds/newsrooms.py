"""Newsrooms: feed bots of one wire that post the same story, words and link, within minutes. Innocent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.simulation.everyday import (
    as_lists,
    day_times,
    draft,
    everyday_tags,
    keys,
    newcomers,
    passers_by,
)
from campaign_analysis.simulation.language import pages, sentences, short_links
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import HOUR, Setting, World, innocents, together

OFTEN = (1, 3, 12)  # how often bots look at a feed, as multiples of `look`
Times = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`wires`, each with bots (from, to) that post each of its `stories` with a chance of their own (`carrying`).

    A bot posts a story a mean of `delay` seconds after it came out, headline, hashtags and link as they came. Where
    bots `look` at the feed every so many seconds, each does so as often, three or twelve times as often, at seconds of
    its own, and posts within three seconds what is new there. `readers` strangers post the same headline and link
    within the day after. The `links` lead to the wire's site, to one of each account's `own`, or are `short`: each
    post's is another, and nobody knows where it leads.
    """

    wires: Some = 3
    bots: tuple[Some, Some] = (4, 12)
    stories: Some = 80
    carrying: tuple[Share, Share] = (0.5, 1.0)
    delay: float = 90.0
    look: int = 0
    readers: int = 2
    links: Literal["wire", "own", "short"] = "wire"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All wires and what their bots and readers post."""
    return together([_wire(rng, parameters, number) for number in range(parameters.wires)])


def _wire(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    stories, size = parameters.stories, int(rng.integers(parameters.bots[0], parameters.bots[1] + 1))
    bots = keys(f"feed-{number}", size)
    story, bot = np.nonzero(rng.random((stories, size)) < rng.uniform(*parameters.carrying, size))
    read = np.repeat(np.arange(stories), parameters.readers)
    told, came = np.concatenate([story, read]), day_times(rng, parameters, stories)
    late = np.concatenate([_late(rng, parameters, came[story], bot), rng.exponential(4 * HOUR, len(read))])
    who = pl.concat([bots.gather(bot), passers_by(rng, parameters, len(read))])
    posts = draft(
        who,
        np.minimum(came[told] + late.astype(np.int64), parameters.ends - 1),
        sentences(rng, stories).gather(told),
        everyday_tags(rng, parameters, stories).gather(told),
        urls=_links(rng, parameters, number, who, told),
    )
    return World(posts, newcomers(rng, parameters, bots), innocents(bots, f"feed-{number}", "feed"))


def _late(rng: np.random.Generator, parameters: Parameters, came: Times, bot: Times) -> npt.NDArray[np.float64]:
    """Seconds from when a story came out until this bot posts it."""
    if not parameters.look:
        return rng.exponential(parameters.delay, len(bot))
    every = np.maximum(parameters.look, max(OFTEN)) // rng.choice(OFTEN, int(bot.max(initial=0)) + 1)
    looks: Times = rng.integers(0, every)
    waits: Times = (looks[bot] - came) % every[bot]
    return waits + 3 * rng.random(len(bot))


def _links(rng: np.random.Generator, parameters: Parameters, number: int, who: pl.Series, story: Times) -> pl.Series:
    if parameters.links == "short":
        return as_lists(short_links(rng, len(story)))
    if parameters.links == "own":
        page = pl.format("https://{}.example/{}", who.alias("who"), pl.Series("story", story))
        return as_lists(pl.select(page).to_series())
    return as_lists(pages(f"wire{number + 1}", parameters.stories)).gather(story)
