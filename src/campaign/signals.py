"""Signals about accounts, asked of a store: whom they look at, whom those are held against, and their frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl
from campaign_analysis.account_frames import ALL_PROFILES, Frame
from campaign_analysis.panel import panel
from campaign_analysis.results import Group
from campaign_analysis.signals import Asked, every
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.handles import Handles
from campaign.request import Request
from campaign.words import campaigns_first

GROUPS = 10  # the largest groups get a panel, as they get a section of their own in a report
OTHERS = 2_000  # others that a group is held against; of more, so many are drawn
SEED = 1


def asked(
    store: Store,
    group: Iterable[str],
    others: Iterable[str],
    frames: Iterable[Frame],
    since: datetime | None = None,
    until: datetime | None = None,
) -> Asked:
    """The group and at most `OTHERS` of the others, drawn by chance alone, with the frames out of the store."""
    mine = frozenset(group)
    accounts = sorted({*mine, *drawn(sorted({*others} - mine))})
    return Asked(mine, _read_all(store, frames, accounts, since, until))


def _read_all(
    store: Store, frames: Iterable[Frame], accounts: Sequence[str], since: datetime | None, until: datetime | None
) -> dict[str, pl.DataFrame]:
    found = {frame.name: read(store, frame, accounts, since, until) for frame in frames}
    if ALL_PROFILES.name in found:  # an account known by id and by handle is no copy of itself
        found[ALL_PROFILES.name] = Handles(store).once(found[ALL_PROFILES.name])
    return found


def drawn(others: Sequence[str]) -> Sequence[str]:
    """`OTHERS` of them, the same ones each time."""
    if len(others) <= OTHERS:
        return others
    chosen = np.random.default_rng(SEED).choice(len(others), OTHERS, replace=False)
    return [others[i] for i in chosen]


def read(
    store: Store, frame: Frame, accounts: Sequence[str], since: datetime | None, until: datetime | None
) -> pl.DataFrame:
    """A frame of these accounts, by the stored query `signals/<name of the frame>`."""
    query = queries.get(f"signals/{frame.name}")
    given = {"accounts": list(accounts), "since": since, "until": until}
    takes = {p.name for p in query.parameters}
    return store.read(query, {name: value for name, value in given.items() if name in takes}).select(*frame.columns)


def with_signals(
    store: Store, groups: Sequence[Group], chosen: pl.Series | None, request: Request
) -> tuple[Group, ...]:
    """The first `GROUPS` groups with their panels, each held against others of the conversation: `chosen`, or all.

    What is read and worked out of accounts is read and worked out once for all groups.
    """
    everybody = store.read(queries.get("signals/everybody"))["account"] if chosen is None else chosen
    others = frozenset(drawn(sorted(everybody)))
    first = {g.id for g in campaigns_first(groups)[:GROUPS]}
    asked_about = [g for g in groups if g.id in first]
    members = {m.id for g in asked_about for m in g.accounts}
    signals = every().values()
    frames = {frame.name: frame for signal in signals for frame in signal.needs}.values()
    read_once = _read_all(store, frames, sorted(members | others), request.since, request.until)
    known: dict[str, Any] = {}
    panels = {g.id: panel(Asked(frozenset(m.id for m in g.accounts), read_once, others, known)) for g in asked_about}
    return tuple(replace(g, signals=panels.get(g.id, ())) for g in groups)
