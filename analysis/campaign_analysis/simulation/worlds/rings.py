"""Rings: accounts that push hashtags at agreed moments, some also retweet their leader. Guilty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.everyday import (
    as_lists,
    day_times,
    draft,
    everyday,
    keys,
    newcomers,
    passers_by,
    retweets,
    some,
)
from campaign_analysis.simulation.language import hashtags, sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.planting import POPULAR, Bools, Group, pasted_texts, recruits
from campaign_analysis.simulation.world import DAY, HOUR, Setting, World, together


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """Rings of `size` members with `actions` each: one hashtag, within `window` seconds.

    Ring by ring the share of members who turn up is the next of `turnout`; the first half pushes rare
    hashtags, the second half popular ones, `tags` of them each. Members paste one of their ring's slogans
    (share `pasted`), mention its target (share `attacking`), write `chatter` everyday posts each, and a share
    `fresh` of them was made within three days. `joining` strangers take up the hashtag within the hour after
    each action. Every `retweeting`-th ring also retweets its leader (0: none does), within the hour after
    each of as many posts as there are actions.
    """

    rings: int = 6
    size: Some = 30
    actions: Some = 12
    window: Some = 60
    turnout: tuple[Share, ...] = (0.9, 0.7, 0.5, 0.35)
    tags: Some = 3
    pasted: Share = 0.5
    attacking: Share = 0.4
    chatter: int = 10
    fresh: Share = 0.6
    joining: int = 10
    retweeting: int = 2


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All rings: their members' everyday posts, their actions, and the strangers who follow."""
    if parameters.rings and parameters.hashtags < POPULAR[1]:
        raise AnalysisError(f"rings need {POPULAR[1]} hashtags or more, not {parameters.hashtags}")
    worlds = []
    for number in range(parameters.rings):
        share = parameters.turnout[number % len(parameters.turnout)]
        attends = rng.random((parameters.actions, parameters.size)) < share
        worlds.append(_ring(rng, parameters, number, attends))
        if parameters.retweeting and number % parameters.retweeting == 0:
            worlds.append(_leader(rng, parameters, number, attends))
    return together(worlds)


def _members(number: int, size: int) -> pl.Series:
    return keys(f"ring-{number}", size)


def _ring(rng: np.random.Generator, parameters: Parameters, number: int, attends: Bools) -> World:
    ring = Group(f"ring-{number}", "ring", _members(number, parameters.size), attends)
    chatting = ring.members.gather(np.repeat(np.arange(parameters.size), parameters.chatter))
    posts = pl.concat([everyday(rng, parameters, chatting), _actions(rng, parameters, number, attends)])
    return World(posts, recruits(rng, parameters, ring.members, parameters.fresh), ring.truth())


def _actions(rng: np.random.Generator, parameters: Parameters, number: int, attends: Bools) -> pl.DataFrame:
    rare = number < (parameters.rings + 1) // 2
    ranks = rng.integers(*((parameters.hashtags // 10, parameters.hashtags) if rare else POPULAR), parameters.tags)
    tags = as_lists(hashtags(parameters.hashtags).gather(ranks))
    starts = np.minimum(day_times(rng, parameters, parameters.actions), parameters.ends - HOUR - parameters.window)

    action, member = np.nonzero(attends)
    pushes = draft(
        _members(number, parameters.size).gather(member),
        starts[action] + rng.integers(0, parameters.window, len(action)),
        pasted_texts(rng, len(action), parameters.pasted),
        tags.gather(action % parameters.tags),
        _attacks(rng, parameters, len(action)),
    )
    follow = np.repeat(np.arange(parameters.actions), parameters.joining)
    strangers = draft(
        passers_by(rng, parameters, len(follow)),
        starts[follow] + rng.integers(parameters.window, HOUR, len(follow)),
        sentences(rng, len(follow)),
        tags.gather(follow % parameters.tags),
    )
    return pl.concat([pushes, strangers])


def _attacks(rng: np.random.Generator, parameters: Parameters, count: int) -> pl.Series:
    target = passers_by(rng, parameters, 1).new_from_index(0, count)
    return as_lists(target.zip_with(some(rng, count, parameters.attacking), target.clear(count)))


def _leader(rng: np.random.Generator, parameters: Parameters, number: int, attends: Bools) -> World:
    """The leader's posts, retweeted within the hour by members and, more slowly, by strangers."""
    name = pl.Series([f"ring-{number}-leader"])
    originals = everyday(rng, parameters, name.new_from_index(0, parameters.actions))
    posted = originals.get_column("time").to_numpy()
    post, member = np.nonzero(attends[:, rng.permutation(parameters.size)])
    follow = np.repeat(np.arange(parameters.actions), parameters.joining)
    lag = np.concatenate([rng.integers(5, HOUR, len(post)), rng.integers(5, DAY, len(follow))])
    rows = np.concatenate([post, follow])
    who = pl.concat([_members(number, parameters.size).gather(member), passers_by(rng, parameters, len(follow))])
    times = np.minimum(posted[rows] + lag, parameters.ends - 1)
    posts = pl.concat([originals, retweets(originals, rows, who, times)])
    led = Group(f"ring-{number}", "ring", name, np.zeros((parameters.actions, 1), dtype=np.bool_))
    return World(posts, newcomers(rng, parameters, name), led.truth())
