"""Signals about accounts, asked of a store: whom they look at, whom those are held against, and their frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import polars as pl
from campaign_analysis.account_frames import Frame
from campaign_analysis.panel import panel
from campaign_analysis.results import Group
from campaign_analysis.signal_results import SignalResult
from campaign_analysis.signals import Asked, Signal, every
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.request import Request

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
    return Asked(mine, {frame.name: read(store, frame, accounts, since, until) for frame in frames})


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
    """Groups with their panels, each held against all others of the conversation: `chosen`, or everybody."""
    everybody = store.read(queries.get("signals/everybody"))["account"] if chosen is None else chosen
    others = everybody.to_list()
    return tuple(
        replace(g, signals=look(store, [m.id for m in g.accounts], others, since=request.since, until=request.until))
        for g in groups
    )


def look(
    store: Store,
    group: Iterable[str],
    others: Iterable[str],
    signals: Sequence[Signal] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[SignalResult, ...]:
    """The panel of a group held against others: the answers of all signals, or of these."""
    chosen = list(every().values()) if signals is None else signals
    frames = {frame.name: frame for signal in chosen for frame in signal.needs}
    return panel(asked(store, group, others, frames.values(), since, until), chosen)
