"""Readers: people of one interest who link to new articles of many sites, in their own words or its. Innocent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import (
    as_lists,
    day_times,
    draft,
    everyday_tags,
    keys,
    later,
    newcomers,
    passers_by,
)
from campaign_analysis.simulation.language import sentences, short_links
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import Setting, World, innocents


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`people`, each of whom links to every one of the `articles` of so many `sites` with a chance of their own.

    That is `sharing` (from, to). The link comes a log-normal time after the article, with a median of `minutes`.
    `joining` strangers link to it as well. They write `words` of their own or the article's headline; the `links` lead
    to its page, or are `short`: each post's is another, and nobody knows where it leads.
    """

    people: Some = 150
    articles: Some = 400
    sites: Some = 150
    sharing: tuple[Share, Share] = (0.02, 0.1)
    minutes: float = 30.0
    joining: int = 2
    words: Literal["own", "headline"] = "own"
    links: Literal["page", "short"] = "page"


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """What they link to."""
    people, count = keys("reader", parameters.people), parameters.articles
    came = day_times(rng, parameters, count)
    site = rng.integers(0, parameters.sites, count)
    links = pl.Series([f"https://paper{s}.example/{number}" for number, s in enumerate(site.tolist())], dtype=pl.String)
    chance = rng.uniform(*parameters.sharing, parameters.people)
    article, who = np.nonzero(rng.random((count, parameters.people)) < chance)
    follow = np.repeat(np.arange(count), parameters.joining)
    rows = np.concatenate([article, follow])
    late = later(rng, parameters.minutes, len(rows))
    posts = draft(
        pl.concat([people.gather(who), passers_by(rng, parameters, len(follow))]),
        np.minimum(came[rows] + late, parameters.ends - 1),
        sentences(rng, len(rows)) if parameters.words == "own" else sentences(rng, count).gather(rows),
        everyday_tags(rng, parameters, len(rows)),
        urls=as_lists(links.gather(rows) if parameters.links == "page" else short_links(rng, len(rows))),
    )
    return World(posts, newcomers(rng, parameters, people), innocents(people, "reader", "reader"))
