"""Share buttons: readers of a site who post its ready-made text, hashtag and link, at any time. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.crowds import strangers
from campaign_analysis.simulation.everyday import as_lists, busy, day_times, draft
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Some
from campaign_analysis.simulation.world import DAY, Setting, World, innocents, nobody, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`sites` with `articles` each, which `readers` of the crowd share `shares` times in all.

    Some articles are shared far more than others, some readers share far more than others. Shares come a log-normal
    time after publication, with a median of `minutes`.
    """

    sites: Some = 3
    articles: Some = 40
    readers: Some = 400
    shares: Some = 1500
    minutes: Some = 150


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All sites with their readers."""
    return together([_site(rng, parameters, number) for number in range(parameters.sites)])


def _site(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    names, count = strangers(rng, parameters, parameters.readers), parameters.shares
    article, reader = busy(rng, parameters.articles, count), busy(rng, len(names), count)
    shared = pl.DataFrame({"article": article, "reader": reader}).unique(maintain_order=True)
    article, reader = (shared[name].to_numpy() for name in ("article", "reader"))
    late = rng.lognormal(np.log(60 * parameters.minutes), 1.5, len(article)).astype(np.int64)
    published = day_times(rng, parameters, parameters.articles)
    times = np.minimum(published[article] + late, parameters.ends - 1 - rng.integers(0, DAY // 24, len(article)))
    links = pl.select(
        pl.format(f"https://read{number + 1}.example/{{}}", pl.int_range(parameters.articles))
    ).to_series()
    titles = sentences(rng, parameters.articles)
    posts = draft(
        names.gather(reader), times, titles.gather(article), f"Read{number + 1}", urls=as_lists(links).gather(article)
    )
    return World(posts, nobody(), innocents(posts["account"], f"readers-{number}", "share_button"))
