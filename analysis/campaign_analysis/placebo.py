"""Placebo data: the user's own posts with their authors exchanged, so that crowds stay and company does not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.communities import Community
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.events import SECOND, Events, encode, sources_of
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
    events = encode(layer.events, layer.one_object)
    if not len(events):
        return layer
    rng = np.random.default_rng([seed, *layer.name.encode()])
    session = _session_of_posts(events, layer)
    session[rng.random(len(session)) < STRANGERS] = -1
    author = np.empty(len(session), dtype=np.int32)
    author[events.post] = events.account
    _inside(author, session, rng)
    _around(author, np.flatnonzero(session < 0), events, layer, rng)
    frame = pl.DataFrame(
        {
            "account": events.accounts.gather(author[events.post]),
            "object": events.objects.gather(events.object),
            "time": events.time,
        }
    )
    if "source" in layer.events.columns:
        frame = frame.with_columns(source=sources_of(layer.events, events.objects).gather(events.object))
    return replace(layer, events=frame)


def _session_of_posts(events: Events, layer: LayerInput) -> Ints:
    """For each post the session inside which its author may be exchanged, -1 where there is none.

    The author has shown interest (it acted on the same in another block, or on another post of the source), and the
    session is no mere burst. Of several, that of the rarest object.
    """
    scale = max(layer.scales, key=lambda s: (s.block, s.window))
    block = events.time // (scale.block * SECOND)
    unit = np.where(
        events.source[events.object] >= 0, events.source[events.object], -1 - events.object.astype(np.int64)
    )
    rows = pl.DataFrame(
        {
            "row": np.arange(len(events)),
            "account": events.account,
            "object": events.object,
            "unit": unit,
            "block": block,
            "time": events.time,
            "post": events.post,
        }
    )
    rows = rows.with_columns(
        interest=pl.max_horizontal(
            pl.col("block").n_unique().over("account", "unit"), pl.col("object").n_unique().over("account", "unit")
        )
        >= 2,
        size=pl.len().over("unit"),
        session=pl.struct("unit", "block").rank("dense").cast(pl.Int64) - 1,
    )
    loose = _loose(rows["session"].to_numpy(), events.time % (scale.block * SECOND), scale.window * SECOND)
    fit = (
        rows.filter("interest", pl.Series(loose))
        .sort("post", "size", "unit")
        .unique("post", keep="first", maintain_order=True)
    )
    session = np.full(int(events.post.max()) + 1, -1, dtype=np.int64)
    session[fit["post"].to_numpy()] = fit["session"].to_numpy()
    return session


def _loose(session: Ints, time: Ints, window: int) -> Flags:
    """For each act, whether in its session fewer than DENSE of all pairs of acts are within the window."""
    near = _later_within(session, time, window)
    size = np.bincount(session).astype(np.float64)
    share = np.bincount(session, weights=near) / np.maximum(size * (size - 1) / 2, 1)
    return np.asarray((share < DENSE)[session], dtype=np.bool_)


def _later_within(group: Ints, time: Ints, window: int) -> Ints:
    """For each act, how many acts of its group come at the same time or later, within the window (ms)."""
    begin = time.min()
    key = group * (time.max() - begin + window + 1) + (time - begin)
    order = np.argsort(key, kind="stable")
    key = key[order]
    near = np.empty(len(time), dtype=np.int64)
    near[order] = np.searchsorted(key, key + window, side="right") - np.arange(len(key)) - 1
    return near


def _inside(author: Codes, session: Ints, rng: np.random.Generator) -> None:
    """Exchange authors at random among the posts of each session."""
    posts = np.flatnonzero(session >= 0)
    slots = posts[np.argsort(session[posts], kind="stable")]
    drawn = posts[np.lexsort((rng.random(len(posts)), session[posts]))]
    author[slots] = author[drawn]


def _around(author: Codes, posts: Ints, events: Events, layer: LayerInput, rng: np.random.Generator) -> None:
    """Exchange authors of these posts with posts near in time: each author leaves its place by up to REACH bursts."""
    time = np.empty(len(author), dtype=np.int64)
    time[events.post] = events.time
    window = min(s.window for s in layer.scales) * SECOND
    burst = np.zeros(len(author), dtype=np.int64)
    np.maximum.at(burst, events.post, 1 + _near(events, window))
    slots = posts[np.argsort(time[posts], kind="stable")]
    reach = REACH * burst[slots]
    author[slots] = author[slots[np.argsort(np.arange(len(slots)) + rng.uniform(-reach, reach), kind="stable")]]


def _near(events: Events, window: int) -> Ints:
    """How many other acts on its object are within the window of each act, before or after."""
    obj = events.object.astype(np.int64)
    return _later_within(obj, events.time, window) + _later_within(obj, -events.time, window)
