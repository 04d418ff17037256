"""Live chats: communities that meet every week at a set hour on their own hashtag. Innocent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import draft, everyday, keys, newcomers, with_others
from campaign_analysis.simulation.language import sentences
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.world import DAY, Setting, World, innocents, together

HOUR, QUESTION = 3600, 600


@dataclass(frozen=True, kw_only=True)
class Parameters(Setting):
    """`chats` of `size` members (from, to), each of whom attends a session with a chance of `attendance`.

    Whoever attends posts log-normally often: `rate` is the mean of the logarithm; 1.8 is a calm chat, 2.5 a
    busy one, 3.2 as dense as a troll shift. Questions come every ten minutes and are answered at independent
    random times. `chatter` is the number of everyday posts of each member.
    Beside the chat's own hashtag there are `beside` others in each post, out of eight.
    """

    chats: int = 3
    size: tuple[Some, Some] = (60, 150)
    attendance: tuple[Share, Share] = (0.3, 0.95)
    rate: float = 1.8
    chatter: int = 20
    beside: int = 0


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All chats with their sessions, and their members' everyday posts."""
    return together([_chat(rng, parameters, number) for number in range(parameters.chats)])


def _chat(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    size = int(rng.integers(parameters.size[0], parameters.size[1] + 1))
    names = keys(f"chat-{number}", size)
    chatting = names.gather(rng.integers(0, size, size * parameters.chatter))
    posts = pl.concat([everyday(rng, parameters, chatting), _sessions(rng, parameters, number, names)])
    return World(posts, newcomers(rng, parameters, names), innocents(names, f"chat-{number}", "chat"))


def _sessions(rng: np.random.Generator, parameters: Parameters, number: int, names: pl.Series) -> pl.DataFrame:
    size, length = len(names), int(rng.choice([HOUR, 3 * HOUR // 2]))
    first = int(rng.integers(0, min(7, parameters.days))) * DAY + int(rng.integers(12, 22)) * HOUR
    starts = np.arange(parameters.begins + first, parameters.ends - length, 7 * DAY)
    attends = rng.random((len(starts), size)) < rng.uniform(*parameters.attendance, size)
    posts = rng.poisson(rng.lognormal(parameters.rate, 0.7, size), (len(starts), size)) * attends
    session, member = np.divmod(np.repeat(np.arange(posts.size), posts.ravel()), size)
    question = rng.integers(0, length // QUESTION, len(member)) * QUESTION
    answer = np.minimum(rng.exponential(QUESTION / 3, len(member)).astype(np.int64), QUESTION - 1)
    return draft(
        names.gather(member),
        starts[session] + question + answer,
        sentences(rng, len(member)),
        with_others(rng, parameters, f"HourOfChat{number + 1}", len(member), parameters.beside),
    )
