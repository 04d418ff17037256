"""Placebo data: the user's own posts with their authors exchanged, so that crowds stay and company does not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numba as nb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes, Ints, dense, edges
from campaign_analysis.communities import Community
from campaign_analysis.counting_sort import order_by, starts
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.events import SECOND, Events, told_of, with_rows
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import Claim, Group, Placebo

REACH = 10  # authors of a burst are exchanged with those of this many times as many posts before it and after it
DENSE = 0.5  # where a larger share of a session's pairs of acts are within the window, exchange inside changes nothing
PLACEBOS = 100_000  # seeds of the placebos of one run lie this far from those of the next
STRANGERS = 0.5  # share of a session's posts whose authors are exchanged with the posts around it, not inside it

Flags = NDArray[np.bool_]


def placebo_runs(
    layers: Sequence[LayerInput],
    chosen: pl.Series | None,
    fdr: float,
    community: Community,
    seed: int,
    runs: int,
    say: Say = silent,
) -> Placebo:
    """The same search on `runs` placebos of the layers: what it finds there is what it would find by mistake here."""
    found = []
    for number in range(runs):
        say(f"placebo {number + 1} of {runs}")
        placebo = [exchanged(layer, seed * PLACEBOS + number) for layer in layers]
        found.append(detect(placebo, chosen, fdr, community, seed))
    return Placebo(
        together=tuple(f.edges.filter(claim="together").height for f in found),
        in_step=tuple(f.edges.filter(claim="in step").height for f in found),
        campaigns=tuple(sum(g.claim == "campaign" for g in f.groups) for f in found),
        gatherings=tuple(sum(g.claim == "gathering" for g in f.groups) for f in found),
        together_mass=tuple(max((mass(g, f.edges, "together") for g in f.groups), default=0.0) for f in found),
        in_step_mass=tuple(max((mass(g, f.edges, "in step") for g in f.groups), default=0.0) for f in found),
    )


def judged(groups: Sequence[Group], edges: pl.DataFrame, placebo: Placebo) -> tuple[Group, ...]:
    """The groups with `placebo_p`: how often a group of any kind gets so heavy on placebo data, under the claim made.

    p = (1 + the placebo runs whose heaviest group is as heavy) / (1 + runs): the runs' maxima, so that p holds for all
    the groups of a run together.
    """
    of_claim: dict[str, tuple[Claim, tuple[float, ...]]] = {
        "campaign": ("in step", placebo.in_step_mass),
        "gathering": ("together", placebo.together_mass),
    }

    def p(group: Group) -> float:
        claim, heaviest = of_claim[group.claim]
        own = mass(group, edges, claim)
        return (1 + sum(other >= own for other in heaviest)) / (1 + len(heaviest))

    return tuple(replace(group, placebo_p=p(group)) for group in groups)


def mass(group: Group, edges: pl.DataFrame, claim: Claim) -> float:
    """Sum of -log10 p over the edges (EDGE_SCHEMA) of a claim between a group's accounts."""
    ids = [m.id for m in group.accounts]
    inside = edges.filter(pl.col("claim") == claim, pl.col("a").is_in(ids), pl.col("b").is_in(ids))
    return math.fsum(-inside["p"].clip(1e-300).log10())


def exchanged(layer: LayerInput, seed: int) -> LayerInput:
    """The layer's events with other authors: objects, times and each account's number of posts stay as they are.

    A post goes to another author as a whole, in one of two ways (docs/method.md, "Honesty that is printed"). *Inside* a
    session, that is an object (or all posts of one source) in one of the layer's longest blocks, among accounts that
    acted on it at other times as well. *Around*: with the posts nearest in time, on whatever object, as many as it
    takes to disperse the burst that a post is part of; this befalls all other posts, and half of the sessions'.
    So each object keeps its curve to the minute, and accounts keep their interests by half and nearly their hours.
    What they lose is whom they meet. The same events and seed give the same placebo, in whatever order they come.
    """
    events = layer.acts
    if not len(events):
        return layer
    rng = np.random.default_rng([seed, *layer.name.encode()])
    session = _session_of_posts(events, layer)
    session[rng.random(len(session)) < STRANGERS] = -1
    author = np.empty(len(session), dtype=np.int32)
    author[events.post] = events.account
    _inside(author, session, rng)
    _around(author, np.flatnonzero(session < 0), events, layer, rng)
    account = author[events.post]
    frame = pl.DataFrame(
        {
            "account": events.accounts.gather(account),
            "object": events.objects.gather(events.object),
            "time": events.time,
        }
    )
    known = [column for column in ("source", "born") if column in layer.events.columns]
    frame = frame.with_columns(told_of(layer.events, events.objects, column).gather(events.object) for column in known)
    return layer.holding(frame, with_rows(events, account, events.object, events.time, layer.one_object))


def _session_of_posts(events: Events, layer: LayerInput) -> Ints:
    """For each post the session inside which its author may be exchanged, -1 where there is none.

    The author has shown interest (it acted on the same in another block, or on another post of the source), and the
    session is no mere burst. Of several, that of the rarest object.
    """
    scale = max(layer.scales, key=lambda s: (s.block, s.window))
    source = events.source[events.object]
    unit = np.where(source >= 0, source, -1 - events.object)
    _, number = dense(unit.astype(np.int64))
    block = events.time // (scale.block * SECOND)
    size = np.bincount(number)
    by_unit = order_by(number, starts(number, len(size)))
    by_author = by_unit[order_by(events.account[by_unit], starts(events.account, len(events.accounts)))]
    fit = interested(by_author, events.account, number, events.object, block)
    if (source >= 0).any():
        key = number * (np.ptp(events.time) + 1) + (events.time - events.time.min())
        by_unit = np.argsort(key, kind="stable").astype(np.int32)
    fit &= loose(by_unit, number, block, events.time % (scale.block * SECOND), scale.window * SECOND)
    session = np.empty(len(events), dtype=np.int64)
    session[by_unit] = np.cumsum(edges(number[by_unit], block[by_unit])) - 1
    return rarest(events.post, fit, unit, size[number], session, int(events.post.max()) + 1)


@nb.njit(cache=True, nogil=True)
def interested(order: Codes, account: Codes, unit: Codes, obj: Codes, block: Ints) -> np.ndarray:
    """For each act, whether its author acts on the unit in several blocks, or on several of its objects.

    `order` goes through the acts by account and unit.
    """
    out = np.zeros(len(order), dtype=np.bool_)
    first, several = 0, False
    for i in range(1, len(order) + 1):
        a = order[first]
        if i < len(order) and account[order[i]] == account[a] and unit[order[i]] == unit[a]:
            several |= block[order[i]] != block[a] or obj[order[i]] != obj[a]
            continue
        for k in range(first, i):
            out[order[k]] = several
        first, several = i, False
    return out


@nb.njit(cache=True, nogil=True)
def loose(order: Codes, unit: Codes, block: Ints, time: Ints, window: int) -> np.ndarray:
    """For each act, whether in its session fewer than DENSE of all pairs of acts are within the window (ms).

    `order` goes through the acts by unit and time; a session is a unit in a block.
    """
    out = np.zeros(len(order), dtype=np.bool_)
    first, near, a = 0, 0, 0
    for i in range(len(order)):
        while time[order[i]] - time[order[a]] > window:
            a += 1
        near += i - a
        last = i + 1 == len(order)
        if last or unit[order[i + 1]] != unit[order[i]] or block[order[i + 1]] != block[order[i]]:
            size = float(i + 1 - first)
            for k in range(first, i + 1):
                out[order[k]] = near / max(size * (size - 1) / 2, 1.0) < DENSE
            first, near, a = i + 1, 0, i + 1
    return out


@nb.njit(cache=True, nogil=True)
def rarest(post: Codes, fit: np.ndarray, unit: Ints, size: Ints, session: Ints, posts: int) -> np.ndarray:
    """For each post, of the sessions of its acts that are fit, that of the rarest unit; -1 where none is."""
    out = np.full(posts, -1, dtype=np.int64)
    best = np.empty(posts, dtype=np.int64)
    for i in range(len(post)):
        p = post[i]
        if not fit[i]:
            continue
        if out[p] >= 0:
            b = best[p]
            if size[b] < size[i] or (size[b] == size[i] and unit[b] <= unit[i]):
                continue
        out[p] = session[i]
        best[p] = i
    return out


def _inside(author: Codes, session: Ints, rng: np.random.Generator) -> None:
    """Exchange authors at random among the posts of each session."""
    posts = np.flatnonzero(session >= 0)
    _, number = dense(session[posts])
    start = starts(number, int(number.max(initial=-1)) + 1)
    by_chance = np.argsort(rng.random(len(posts)), kind="stable")
    drawn = by_chance[order_by(number[by_chance], start)]
    author[posts[order_by(number, start)]] = author[posts[drawn]]


def _around(author: Codes, posts: Ints, events: Events, layer: LayerInput, rng: np.random.Generator) -> None:
    """Exchange authors of these posts with posts near in time: each author leaves its place by up to REACH bursts."""
    time = np.empty(len(author), dtype=np.int64)
    time[events.post] = events.time
    window = min(s.window for s in layer.scales) * SECOND
    burst = bursts(events.object, events.time, window, events.post, len(author))
    slots = posts[np.argsort(time[posts], kind="stable")]
    reach = REACH * burst[slots]
    author[slots] = author[slots[np.argsort(np.arange(len(slots)) + rng.uniform(-reach, reach), kind="stable")]]


@nb.njit(cache=True, nogil=True)
def bursts(obj: Codes, time: Ints, window: int, post: Codes, posts: int) -> np.ndarray:
    """For each post the most acts on one of its objects that are within the window (ms) of its own, itself among them.

    Acts are sorted by object and time. Of those at the same time the later ones count twice, the earlier ones not.
    """
    out = np.zeros(posts, dtype=np.int64)
    n = len(time)
    first, last, same, end = 0, 0, 0, 0  # first and past the last within the window; those at the same time
    for i in range(n):
        if i == 0 or obj[i] != obj[i - 1]:
            first, last, same, end = i, i, i, i
        while time[i] - time[first] > window:
            first += 1
        while last < n and obj[last] == obj[i] and time[last] - time[i] <= window:
            last += 1
        if time[i] != time[same]:
            same = i
        while end < n and obj[end] == obj[i] and time[end] == time[i]:
            end += 1
        burst = 1 + (last - i - 1) + (same - first) + (end - i - 1)
        out[post[i]] = max(out[post[i]], burst)
    return out
