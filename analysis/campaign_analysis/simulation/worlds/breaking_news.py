"""Breaking news: hundreds post and retweet about one event, from its first minutes until it is old. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.crowds import strangers
from campaign_analysis.simulation.everyday import as_lists, busy, day_times, draft, later, retweets, some
from campaign_analysis.simulation.language import pages, sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, innocents, nobody, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`events`, each with `posts` by `people` of the crowd, some of whom post far more than others.

    Posts come a log-normal time after the event, with a median of `minutes`. A share `retweeting` passes on one of
    the `reports`, a share `linking` of the others has the words and the link of one of them.
    """

    events: Some = 2
    posts: Some = 2500
    people: Some = 900
    minutes: Some = 40
    reports: Some = 12
    retweeting: Share = 0.4
    linking: Share = 0.15


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All events, each with two hashtags, of which posts have the first, or both."""
    return together([_event(rng, parameters, number) for number in range(parameters.events)])


def _event(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    names = strangers(rng, parameters, parameters.people)
    start = min(int(day_times(rng, parameters, 1)[0]), parameters.ends - DAY // 2)
    passed = int(parameters.posts * parameters.retweeting)
    said = parameters.posts - passed
    writers = names.gather(np.sort(busy(rng, len(names), said)))
    reports = _reports(rng, parameters, start, names, number)
    posts = _posts(rng, parameters, start, writers, reports, number)
    passing = _retweets(rng, parameters, reports, names.gather(busy(rng, len(names), passed)))
    everybody = pl.concat([reports, posts, passing])
    return World(everybody, nobody(), innocents(everybody["account"], f"news-{number}", "breaking_news"))


def _reports(
    rng: np.random.Generator, parameters: Parameters, start: int, names: pl.Series, number: int
) -> pl.DataFrame:
    """The first reports, of the first quarter of an hour, each with a link."""
    count = parameters.reports
    links = pages(f"news{number + 1}", count)
    who = names.gather(rng.integers(0, len(names), count))
    times = start + rng.integers(0, HOUR // 4, count)
    return draft(who, times, sentences(rng, count), f"News{number + 1}", urls=as_lists(links))


def _posts(
    rng: np.random.Generator, parameters: Parameters, start: int, who: pl.Series, reports: pl.DataFrame, number: int
) -> pl.DataFrame:
    count = len(who)
    pairs = pl.Series([[f"News{number + 1}"], [f"News{number + 1}", f"Update{number + 1}"]])
    tags = pairs.gather(rng.integers(0, 2, count))
    linking, report = some(rng, count, parameters.linking), rng.integers(0, parameters.reports, count)
    bodies = reports["body"].gather(report).zip_with(linking, sentences(rng, count))
    urls = reports["urls"].gather(report).zip_with(linking, as_lists(bodies.clear(count)))
    return draft(who, _times(rng, parameters, np.full(count, start + HOUR // 4)), bodies, tags, urls=urls)


def _retweets(rng: np.random.Generator, parameters: Parameters, reports: pl.DataFrame, who: pl.Series) -> pl.DataFrame:
    rows = np.minimum(rng.geometric(0.25, len(who)) - 1, parameters.reports - 1)
    times = _times(rng, parameters, reports["time"].to_numpy()[rows])
    passing = retweets(reports, rows, who, times)
    return passing.filter(who != reports["account"].gather(rows)).unique(["account", "retweet_of"], maintain_order=True)


def _times(rng: np.random.Generator, parameters: Parameters, start: np.ndarray) -> np.ndarray:
    late = later(rng, parameters.minutes, len(start), 1.2)
    return np.asarray(np.minimum(start + late, parameters.ends - 1), dtype=np.int64)
